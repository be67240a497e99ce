import assert from "node:assert/strict";
import { test } from "node:test";
import { randomOrthonormal } from "../../../../src/numeric/linear/orthonormal.ts";

const product = (a: Float64Array, n: number, i: number, j: number): number => {
  let sum = 0;
  for (let m = 0; m < n; m++) sum += a[i * n + m]! * a[j * n + m]!;
  return sum;
};

test("a rotation's rows are orthonormal, at every size", () => {
  for (const n of [1, 2, 63, 127]) {
    const rotation = randomOrthonormal(n, n, 3);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        assert.ok(Math.abs(product(rotation, n, i, j) - Number(i === j)) < 1e-12, `${n}: ${i}, ${j}`);
      }
    }
  }
});

test("the seed decides it", () => {
  assert.deepEqual(randomOrthonormal(8, 8, 1), randomOrthonormal(8, 8, 1));
  assert.notDeepEqual(randomOrthonormal(8, 8, 1), randomOrthonormal(8, 8, 2));
});
