import type { Examples } from "./example-chunk.ts";
import { type HeadParameters, probabilities } from "./softmax.ts";

/** The diagonal of the objective's Hessian at a head: E[h_j²·p_c(1 − p_c)] + λ, laid out as the head's parameters. */
export function hessianDiagonal(
  { activations: h, classes, rows }: Examples,
  ridge: number,
  head: HeadParameters,
): Float64Array {
  const diagonal = new Float64Array(head.length);
  const variance = new Float64Array(classes);
  const bias = h.width * classes;
  for (const i of rows) {
    probabilities(h, i, head, variance);
    for (let c = 0; c < classes; c++) variance[c]! *= 1 - variance[c]!;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const square = h.values[e]! ** 2;
      const at = h.columns[e]! * classes;
      for (let c = 0; c < classes; c++) diagonal[at + c]! += square * variance[c]!;
    }
    for (let c = 0; c < classes; c++) diagonal[bias + c]! += variance[c]!;
  }
  for (let j = 0; j < diagonal.length; j++) diagonal[j] = diagonal[j]! / rows.length + ridge;
  return diagonal;
}
