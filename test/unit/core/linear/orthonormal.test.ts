import assert from "node:assert/strict";
import { test } from "node:test";
import { randomRotation } from "../../../../src/core/linear/orthonormal.ts";

const product = (a: Float64Array, n: number, i: number, j: number): number => {
  let sum = 0;
  for (let m = 0; m < n; m++) sum += a[i * n + m]! * a[j * n + m]!;
  return sum;
};

test("a rotation's rows are orthonormal, at every size", () => {
  for (const n of [1, 2, 63, 127]) {
    const rotation = randomRotation(n, 3);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        assert.ok(Math.abs(product(rotation, n, i, j) - Number(i === j)) < 1e-12, `${n}: ${i}, ${j}`);
      }
    }
  }
});

test("the seed decides it", () => {
  assert.deepEqual(randomRotation(8, 1), randomRotation(8, 1));
  assert.notDeepEqual(randomRotation(8, 1), randomRotation(8, 2));
});
