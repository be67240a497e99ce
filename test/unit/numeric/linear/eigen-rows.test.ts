import assert from "node:assert/strict";
import { test } from "node:test";
import { RotatedRows, Workplace } from "../../../../src/numeric/linear/eigen-rows.ts";
import { seededRandom } from "../../../../src/numeric/random.ts";

const SIZES = [1, 2, 7, 8, 9, 30];
const random = seededRandom(5);
/** Of many magnitudes, so that another order of operations rounds otherwise. */
const numbers = (count: number) =>
  Float64Array.from({ length: count }, () => (random.uniform() - 0.5) * 10 ** (6 * random.uniform()));

test("rows are turned as they are one rotation at a time, to the bit", () => {
  for (const n of SIZES) {
    const plain = numbers(n * n);
    const rows = new RotatedRows(n, (i, j) => plain[i * n + j]!);
    for (const [from, to] of [
      [0, n - 1],
      [Math.floor(n / 3), n - 1],
      [0, Math.floor(n / 2)],
    ] as const) {
      for (let i = to - 1; i >= from; i--) {
        const angle = random.uniform();
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        rows.cosines[i] = c;
        rows.sines[i] = s;
        for (let j = i * n; j < (i + 1) * n; j++) {
          const [x, y] = [plain[j]!, plain[j + n]!];
          plain[j + n] = s * x + c * y;
          plain[j] = c * x - s * y;
        }
      }
      rows.turn(from, to);
      assert.deepEqual(rows.rows(), plain);
    }
  }
});

test("rows and vectors are added and subtracted as in plain loops, and nothing past their end", () => {
  for (const n of SIZES) {
    const place = new Workplace(n);
    place.matrix.set(numbers(n * n));
    place.d.set(numbers(n));
    place.e.set(numbers(n));
    const [v, d, e] = [place.matrix, place.d, place.e].map((from) => Float64Array.from(from));
    for (let m = 0; m < n; m++) {
      const [a, b] = [random.uniform(), random.uniform()];
      place.subtractTwo(m, m + 1, a, b);
      for (let j = 0; j <= m; j++) v![m * n + j]! -= d![j]! * a + e![j]! * b;
      place.addRowToE(m, m + 1, a);
      for (let j = 0; j <= m; j++) e![j]! += a * v![m * n + j]!;
      place.addEToRow(m, m + 1, -b);
      for (let j = 0; j <= m; j++) v![m * n + j]! -= e![j]! * b;
    }
    assert.deepEqual(
      [place.matrix, place.d, place.e].map((x) => Array.from(x)),
      [Array.from(v!), Array.from(d!), Array.from(e!)],
    );
  }
});
