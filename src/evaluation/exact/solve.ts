import { hessianDiagonal } from "../../model/curvature.ts";
import type { Examples } from "../../model/example-chunk.ts";
import type { HeadParameters } from "../../model/softmax.ts";
import { cholesky, solveInPlace } from "../../numeric/symmetric.ts";
import { headHessian, hessianProduct } from "./hessian.ts";

/** Parameters, above which a matrix of their squares takes too long to factor. */
const MOST_DENSE = 3000;
/** Of the residual over the right side: rank correlations do not move below it. */
const RESIDUAL = 1e-4;
const MOST_STEPS = 1000;

/** The lower triangle with λ on its diagonal. */
export function ridged(hessian: Float64Array, size: number, ridge: number): Float64Array {
  const result = hessian.slice();
  for (let j = 0; j < size; j++) result[j * size + j]! += ridge;
  return result;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
};

/**
 * Conjugate gradients with the diagonal as preconditioner (Shewchuk, 1994).
 *
 * @throws RangeError where it does not come near within MOST_STEPS
 */
function conjugateGradients(
  product: (v: Float64Array) => Float64Array,
  diagonal: Float64Array,
  b: Float64Array,
): Float64Array {
  const x = new Float64Array(b.length);
  const r = b.slice();
  const z = r.map((value, j) => value / diagonal[j]!);
  const direction = z.slice();
  const limit = RESIDUAL ** 2 * dot(b, b);
  let rz = dot(r, z);
  for (let step = 0; dot(r, r) > limit; step++) {
    if (step === MOST_STEPS) throw new RangeError("conjugate gradients came to no end");
    const moved = product(direction);
    const alpha = rz / dot(direction, moved);
    for (let j = 0; j < x.length; j++) {
      x[j]! += alpha * direction[j]!;
      r[j]! -= alpha * moved[j]!;
      z[j] = r[j]! / diagonal[j]!;
    }
    const next = dot(r, z);
    for (let j = 0; j < x.length; j++) direction[j] = z[j]! + (next / rz) * direction[j]!;
    rz = next;
  }
  return x;
}

/**
 * b ↦ (H + λI)⁻¹·b with the exact Hessian of a softmax head in all of its parameters.
 *
 * @param mostDense parameters, above which conjugate gradients take the matrix' place
 */
export function hessianSolver(
  examples: Examples,
  head: HeadParameters,
  ridge: number,
  mostDense = MOST_DENSE,
): (b: Float64Array) => Float64Array {
  const size = head.length;
  if (size > mostDense) {
    const product = hessianProduct(examples, head, ridge);
    const diagonal = hessianDiagonal(examples, ridge, head);
    return (b) => conjugateGradients(product, diagonal, b);
  }
  const factor = cholesky(ridged(headHessian(examples, head), size, ridge), size);
  return (b) => {
    const x = b.slice();
    solveInPlace(factor, x);
    return x;
  };
}
