import type { Method } from "./types.ts";

/** The unit matrix. */
export function identity(columns: number): Float64Array {
  const matrix = new Float64Array(columns * columns);
  for (let m = 0; m < columns; m++) matrix[m * columns + m] = 1;
  return matrix;
}

/**
 * Gradient dot: S(q, i) = g_q·g_i, by how much one step of descent on row i lowers the loss of q.
 *
 * Source: TracIn with one checkpoint and step size 1 (Pruthi et al., 2020).
 */
export const gradientDot: Method = {
  name: "dot",
  summary: "the product of the gradients, without a preconditioner",
  metric: ({ columns }) => identity(columns),
};
