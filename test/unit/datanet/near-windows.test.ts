import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import { windowsAlong } from "../../../src/datanet/near-windows.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

test("windows hold every row with its neighbours, and what is skipped is every pair that is in none", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 900 }),
      (list, most) => {
        const n = list.length;
        const { windows, skipped } = windowsAlong(
          { values: Float64Array.from(list), width: 1 },
          Float64Array.of(2),
          most,
        );
        const together = new Set<string>();
        for (const window of windows) {
          for (const a of window) for (const b of window) if (a < b) together.add(`${a},${b}`);
        }
        assert.equal(skipped, (n * (n - 1)) / 2 - together.size);
        assert.ok(together.size <= Math.max(most, 2 * n));
        const order = Array.from(list.keys()).sort((a, b) => list[a]! - list[b]! || a - b);
        for (let i = 1; i < n; i++) {
          const [a, b] = [order[i - 1]!, order[i]!];
          assert.ok(together.has(a < b ? `${a},${b}` : `${b},${a}`));
        }
      },
    ),
  );
});

describe("where there are more pairs than are looked at", () => {
  test("noise hides no copies: those with little noise are found, and what was left out is counted", () => {
    const random = seededRandom(6);
    const rows = Array.from({ length: 1_500 }, () =>
      Float64Array.from({ length: 30 }, () => random.normal()),
    );
    const copies = rows.slice(0, 150).map((row) => row.map((x) => x + 0.01 * random.normal()));
    const all = [...rows, ...copies];
    const labels = new Uint32Array(all.length);
    const handedIn = { features: all, labels, owners: labels.map((_, i) => i) };
    const whole = nearDuplicates(handedIn);
    assert.equal(whole.skipped, 0);
    const capped = nearDuplicates(handedIn, { mostPairs: 80_000 });
    assert.ok(capped.skipped > 1_250_000, String(capped.skipped));
    assert.deepEqual(
      capped.first.subarray(1_500),
      Uint32Array.from({ length: 150 }, (_, i) => i),
    );
    assert.deepEqual(nearDuplicates(handedIn, { mostPairs: 80_000 }), capped);
    assert.deepEqual(nearDuplicates(handedIn, { mostPairs: 2 ** 30 }), whole);
  });

  test("texts with a long passage in common are held against those that came last", () => {
    const passage = "we would like to tell you about the lamp at the end of berth twelve which is broken";
    const random = seededRandom(4);
    const own = () => Array.from({ length: 8 }, () => random.integer(2 ** 30).toString(36)).join(" ");
    const texts = Array.from({ length: 400 }, () => `${passage} ${own()}`);
    const all = [...texts, ...texts.slice(-20).map((text) => `${text}!`)];
    const labels = new Uint32Array(all.length);
    const handedIn = { features: all, labels, owners: labels.map((_, i) => i) };
    const whole = nearDuplicates(handedIn);
    assert.equal(whole.skipped, 0);
    const capped = nearDuplicates(handedIn, { mostPairs: 300_000 });
    assert.ok(capped.skipped > 0);
    assert.deepEqual(
      capped.first.subarray(400),
      Uint32Array.from({ length: 20 }, (_, i) => 380 + i),
    );
  });
});
