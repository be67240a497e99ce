import assert from "node:assert/strict";
import { test } from "node:test";
import { HeadCurvature } from "../../../src/attribution/head-curvature.ts";
import { addRowChange, leftOutSteps, leftOutSums } from "../../../src/attribution/left-out.ts";
import { ridgedInverse } from "../../../src/attribution/methods/blocks.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

const [ROWS, INPUTS, CLASSES, OUTPUTS, POSITIONS] = [700, 6, 4, 3, 5];
const RIDGE = 1e-3;
const random = seededRandom(11);
const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());

const inputs = normals(ROWS * INPUTS);
const output = normals(OUTPUTS * CLASSES);
const probabilities = normals(ROWS * CLASSES).map((x) => Math.exp(2 * x));
for (let i = 0; i < ROWS; i++) {
  const own = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
  const sum = own.reduce((total, x) => total + x, 0);
  own.forEach((x, y) => {
    own[y] = x / sum;
  });
}
// Some of the pairs, in no order.
const inputOf = [0, 1, 2, 5, 3, 0, 4, 1, 5, 2];
const outputOf = [0, 2, 1, 1, 0, 1, 2, 0, 0, 2];
const K = inputOf.length;
const curvature = new HeadCurvature({
  inputs,
  inputWidth: INPUTS,
  output,
  probabilities,
  classes: CLASSES,
  inputOf,
  outputOf,
});

/** H_i from its definition: the mean over labels, drawn by the model, of g·gᵀ in the columns. */
function hessianOf(row: number): number[][] {
  const p = probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
  const result = Array.from({ length: K }, () => new Array<number>(K).fill(0));
  for (let y = 0; y < CLASSES; y++) {
    const g = inputOf.map((at, m) => {
      let c = 0;
      for (let d = 0; d < CLASSES; d++) c += output[outputOf[m]! * CLASSES + d]! * (p[d]! - Number(d === y));
      return c * inputs[row * INPUTS + at]!;
    });
    g.forEach((a, m) => {
      g.forEach((b, l) => {
        result[m]![l]! += p[y]! * a * b;
      });
    });
  }
  return result;
}
const hessians = Array.from({ length: ROWS }, (_, row) => hessianOf(row));
// A large contributor, small ones, and one without rows.
const owners = Uint32Array.from({ length: ROWS }, (_, i) => [0, 0, 0, 0, 1, 2, 0, 3][i % 8]!);
const weights = Float64Array.from({ length: ROWS }, (_, i) => 1 / (1 + (i % 3)));
const sums = normals(POSITIONS * K);
sums.fill(0, 4 * K);
const input = {
  curvature,
  ridge: RIDGE,
  metric: ridgedInverse(curvature.mean(), K, RIDGE),
  owners,
  weights,
  sums,
};

test("the mean of a head's row Hessians is that of its gradients at every label, and exactly symmetric", () => {
  const mean = curvature.mean();
  for (let m = 0; m < K; m++)
    for (let l = 0; l < K; l++) {
      const expected = hessians.reduce((sum, h) => sum + h[m]![l]!, 0) / ROWS;
      assert.ok(Math.abs(mean[m * K + l]! - expected) < 1e-9, `${m}, ${l}`);
      assert.equal(mean[m * K + l], mean[l * K + m]);
    }
});

test("a position's step solves the system of the rows that are left, weights and λ included", () => {
  const steps = leftOutSteps(input);
  const mean = curvature.mean();
  for (let c = 0; c < POSITIONS; c++)
    for (let m = 0; m < K; m++) {
      let left = 0;
      for (let l = 0; l < K; l++) {
        const diagonal = m === l ? RIDGE : 0;
        let entry = mean[m * K + l]! + diagonal;
        owners.forEach((owner, i) => {
          if (owner === c) entry -= (weights[i]! * (hessians[i]![m]![l]! + diagonal)) / ROWS;
        });
        left += entry * steps[c * K + l]!;
      }
      assert.ok(Math.abs(left - sums[c * K + m]!) < 1e-3, `position ${c}, ${m}: ${left}, ${sums[c * K + m]}`);
    }
});

test("what the second order adds is the sum of what it adds to rows, and the metric makes the step of it", () => {
  const steps = leftOutSteps(input);
  const changed = leftOutSums(input, steps);
  const byRows = sums.slice();
  owners.forEach((owner, row) => {
    addRowChange(input, row, steps, byRows, owner * K, owner * K);
  });
  for (let at = 0; at < byRows.length; at++) assert.ok(Math.abs(changed[at]! - byRows[at]!) < 1e-9);
  const largest = Math.max(...steps.map(Math.abs));
  for (let c = 0; c < POSITIONS; c++)
    for (let m = 0; m < K; m++) {
      let step = 0;
      for (let l = 0; l < K; l++) step += input.metric[m * K + l]! * changed[c * K + l]!;
      assert.ok(Math.abs(step - steps[c * K + m]!) < 1e-4 * largest, `position ${c}, ${m}`);
    }
});
