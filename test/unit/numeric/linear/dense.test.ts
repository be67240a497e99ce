import assert from "node:assert/strict";
import { test } from "node:test";
import { gram, multiply } from "../../../../src/numeric/linear/dense.ts";
import { eigenDecomposition } from "../../../../src/numeric/linear/eigen.ts";
import { seededRandom } from "../../../../src/numeric/random.ts";
import { eigenSymmetric } from "../../../../src/numeric/symmetric.ts";

const random = seededRandom(11);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());

function transpose(x: Float64Array, columns: number): Float64Array {
  const rows = x.length / columns;
  const result = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = x[i * columns + j]!;
  return result;
}

/** The plain triple loop. */
function product(a: Float64Array, b: Float64Array, m: number, depth: number, n: number): Float64Array {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let r = 0; r < depth; r++) sum += a[i * depth + r]! * b[r * n + j]!;
      result[i * n + j] = sum;
    }
  }
  return result;
}

// Sizes on both sides of a panel of 4 and of a block of 256.
for (const [m, depth, n] of [
  [1, 1, 1],
  [5, 7, 3],
  [257, 513, 9],
  [64, 256, 66],
] as const) {
  test(`a product of ${m} × ${depth} and ${depth} × ${n} has the bits of the plain loop, transposed or not`, () => {
    const a = numbers(m * depth);
    const b = numbers(depth * n);
    const expected = product(a, b, m, depth, n);
    const lefts = [
      { values: a, columns: depth },
      { values: transpose(a, depth), columns: m, transposed: true },
    ];
    const rights = [
      { values: b, columns: n },
      { values: transpose(b, n), columns: depth, transposed: true },
    ];
    for (const left of lefts) for (const right of rights) assert.deepEqual(multiply(left, right), expected);
  });
}

test("a Gram matrix has the bits of the plain loop, in one part or in many", () => {
  const [rows, n] = [600, 37];
  const x = numbers(rows * n);
  const whole = gram(x, n);
  assert.deepEqual(whole, product(transpose(x, n), x, n, rows, n));
  let parts: Float64Array | undefined;
  for (let from = 0; from < rows; from += 7) {
    parts = gram(x.subarray(from * n, Math.min(rows, from + 7) * n), n, parts);
  }
  assert.deepEqual(parts, whole);
});

test("shapes that do not fit are refused", () => {
  assert.throws(
    () => multiply({ values: numbers(6), columns: 3 }, { values: numbers(6), columns: 3 }),
    RangeError,
  );
});

test("eigenvectors are orthonormal, their values those of Jacobi's rotations", () => {
  for (const [n, rank] of [
    [1, 1],
    [2, 2],
    [40, 60],
    // Most eigenvalues are 0.
    [30, 4],
  ] as const) {
    const matrix = gram(numbers(n * rank), n);
    const { values, vectors } = eigenDecomposition(matrix, n);
    const expected = eigenSymmetric(matrix, n).values;
    values.forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-11 * expected[0]!, `${n}: ${value}, ${expected[i]}`);
    });
    const products = product(vectors, transpose(vectors, n), n, n, n);
    products.forEach((value, at) => {
      assert.ok(Math.abs(value - (at % (n + 1) === 0 ? 1 : 0)) < 1e-12);
    });
    const images = product(vectors, matrix, n, n, n);
    images.forEach((value, at) => {
      assert.ok(Math.abs(value - values[Math.floor(at / n)]! * vectors[at]!) < 1e-11 * expected[0]!);
    });
  }
});
