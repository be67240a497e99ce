import type { Examples } from "../../model/example-chunk.ts";
import { addProducts, type HeadParameters, probabilities } from "../../model/softmax.ts";

/** Adds row i's part of the Hessian's blocks: h_j·h_k·(diag(p) − p·pᵀ), lower triangle. */
function addRow(
  { activations: h, classes }: Examples,
  i: number,
  p: Float64Array,
  weight: number,
  into: Float64Array,
): void {
  const size = (h.width + 1) * classes;
  const [from, to] = [h.offsets[i]!, h.offsets[i + 1]!];
  const columns = [...h.columns.subarray(from, to), h.width];
  const values = [...h.values.subarray(from, to), 1];
  const block = new Float64Array(classes * classes);
  for (let c = 0; c < classes; c++)
    for (let e = 0; e < classes; e++) block[c * classes + e] = (c === e ? p[c]! : 0) - p[c]! * p[e]!;
  for (let a = 0; a < columns.length; a++) {
    for (let b = 0; b <= a; b++) {
      const product = weight * values[a]! * values[b]!;
      const corner = columns[a]! * classes * size + columns[b]! * classes;
      for (let c = 0; c < classes; c++) {
        const row = corner + c * size;
        for (let e = 0; e < classes; e++) into[row + e]! += product * block[c * classes + e]!;
      }
    }
  }
}

/**
 * The Hessian of the mean cross-entropy over the examples at a head, without λ: P × P with P = (d + 1)·classes, laid out as the
 * head's parameters. Only the lower triangle is whole.
 */
export function headHessian(examples: Examples, head: HeadParameters): Float64Array {
  const { activations, classes, rows } = examples;
  const size = (activations.width + 1) * classes;
  const hessian = new Float64Array(size * size);
  const p = new Float64Array(classes);
  for (const i of rows) {
    probabilities(activations, i, head, p);
    addRow(examples, i, p, 1 / rows.length, hessian);
  }
  return hessian;
}

/** v ↦ (H + λI)·v without the matrix, in two passes over the rows. */
export function hessianProduct(
  { activations: h, classes, rows }: Examples,
  head: HeadParameters,
  ridge: number,
): (v: Float64Array) => Float64Array {
  const p = new Float64Array(h.rows * classes);
  for (const i of rows) probabilities(h, i, head, p.subarray(i * classes, (i + 1) * classes));
  const bias = h.width * classes;
  const moved = new Float64Array(classes);
  return (v) => {
    const result = new Float64Array(v.length);
    for (const i of rows) {
      moved.set(v.subarray(bias, bias + classes));
      addProducts(h, i, v, moved, 0, classes);
      let mean = 0;
      for (let c = 0; c < classes; c++) mean += p[i * classes + c]! * moved[c]!;
      for (let c = 0; c < classes; c++) moved[c] = p[i * classes + c]! * (moved[c]! - mean);
      for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
        const value = h.values[e]!;
        const row = h.columns[e]! * classes;
        for (let c = 0; c < classes; c++) result[row + c]! += value * moved[c]!;
      }
      for (let c = 0; c < classes; c++) result[bias + c]! += moved[c]!;
    }
    for (let j = 0; j < v.length; j++) result[j] = result[j]! / rows.length + ridge * v[j]!;
    return result;
  };
}
