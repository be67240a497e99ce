import { multiply } from "../numeric/linear/dense.ts";
import type { HeadCurvature } from "./head-curvature.ts";

/** Where a residual has fallen to this share of what it was, by its length in the metric, a position is solved. */
const TOLERANCE = 1e-5;
/** Of a position with 99 % of the rows, at λ = 1e-5, 0.4 % of the residual is left then; others end by themselves. */
const MOST_STEPS = 60;

export interface LeftOutModel {
  /** Of all rows of the index, in their order. */
  readonly curvature: HeadCurvature;
  /** λ. */
  readonly ridge: number;
  /** M = (H + λI)⁻¹, K × K. */
  readonly metric: Float64Array;
}

export interface LeftOutInput extends LeftOutModel {
  /** The position of each of the n rows. */
  readonly owners: Uint32Array;
  /** w_i of each, at most 1: more could leave nothing to train on. */
  readonly weights: Float64Array;
  /** Positions × K: s_c = Σ w_i (g_i − ḡ). */
  readonly sums: Float64Array;
}

/**
 * The step that each position's leaving makes, in one Newton step from the model that all rows gave. With the curvature of the rows
 * that are left instead of all rows' it is x_c/N,
 *
 *     x_c = (H + λI − B_c)⁻¹ s_c,   B_c = 1/N Σ_{i∈c} w_i (H_i + λI),
 *
 * the denominator N − n_c included. Solved by conjugate gradients for all positions side by side, with M for a preconditioner: A·M
 * is the identity, so that no product with A = H + λI is ever made. B_c is small against A, and some ten steps suffice.
 *
 * Source: leave-one-out by a Newton step, such as Beirami et al. (2017), here for groups of rows.
 *
 * @returns positions × K: x_c
 */
export function leftOutSteps(input: LeftOutInput): Float64Array {
  const { metric, sums, curvature } = input;
  const k = curvature.columns;
  const x = new Float64Array(sums.length);
  const residual = sums.slice();
  let z = multiply({ values: residual, columns: k }, { values: metric, columns: k });
  const direction = z.slice();
  // A·direction, which follows the directions: A·z is the residual.
  const image = residual.slice();
  const sizes = dots(residual, z, k);
  const limits = sizes.map((size) => size * TOLERANCE ** 2);
  for (let step = 0; step < MOST_STEPS && sizes.some((size, c) => size > limits[c]!); step++) {
    const less = removedCurvature(input, direction);
    for (let c = 0; c < sizes.length; c++) {
      if (sizes[c]! <= limits[c]!) continue;
      let along = 0;
      for (let at = c * k; at < (c + 1) * k; at++) along += direction[at]! * (image[at]! - less[at]!);
      const by = sizes[c]! / along;
      for (let at = c * k; at < (c + 1) * k; at++) {
        x[at]! += by * direction[at]!;
        residual[at]! -= by * (image[at]! - less[at]!);
      }
    }
    z = multiply({ values: residual, columns: k }, { values: metric, columns: k });
    const next = dots(residual, z, k);
    for (let c = 0; c < sizes.length; c++) {
      if (sizes[c]! <= limits[c]!) continue;
      const by = next[c]! / sizes[c]!;
      for (let at = c * k; at < (c + 1) * k; at++) {
        direction[at] = z[at]! + by * direction[at]!;
        image[at] = residual[at]! + by * image[at]!;
      }
      sizes[c] = next[c]!;
    }
  }
  return x;
}

/**
 * Σ w_i (g_i − ḡ) at the model without the position instead of at the model with it: s_c + B_c·x_c, so that M·(…) is x_c.
 *
 * @param steps x_c
 * @returns positions × K
 */
export function leftOutSums(input: LeftOutInput, steps: Float64Array): Float64Array {
  const removed = removedCurvature(input, steps);
  return removed.map((x, at) => x + input.sums[at]!);
}

/** B_c·v_c of each position, positions × K. */
function removedCurvature(input: LeftOutInput, v: Float64Array): Float64Array {
  const { curvature, owners } = input;
  const k = curvature.columns;
  const result = new Float64Array(v.length);
  owners.forEach((owner, row) => {
    addRowChange(input, row, v, result, owner * k, owner * k);
  });
  return result;
}

/**
 * Adds w_i (H_i + λI)·x_c/N: how much the gradient of a row's share of the objective differs between the model without its position
 * and the model with it. Row by row, g_i − ḡ and this add up to what x_c = M·(…) is made from.
 */
export function addRowChange(
  { curvature, ridge, weights, owners }: LeftOutInput,
  row: number,
  x: Float64Array,
  into: Float64Array,
  from: number,
  to: number,
): void {
  const k = curvature.columns;
  const share = weights[row]! / owners.length;
  curvature.addProduct(row, share, x, into, from, to);
  for (let m = 0; m < k; m++) into[to + m]! += share * ridge * x[from + m]!;
}

/** Σ_m a_cm·b_cm of each row c. */
const dots = (a: Float64Array, b: Float64Array, k: number): Float64Array =>
  Float64Array.from({ length: a.length / k }, (_, c) => {
    let sum = 0;
    for (let at = c * k; at < (c + 1) * k; at++) sum += a[at]! * b[at]!;
    return sum;
  });
