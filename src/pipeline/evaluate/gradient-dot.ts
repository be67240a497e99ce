import type { Activations } from "../../model/types.ts";

/** Gradients δ ⊗ [h; 1] of some rows, unprojected. */
export interface HeadGradients {
  readonly activations: Activations;
  /** n × classes. */
  readonly deltas: Float64Array;
}

/**
 * g_q·g_i = (δ_q·δ_i)·(h_q·h_i + 1): the plain dot product of the full gradients (TracIn with one checkpoint, Pruthi
 * et al., 2020), neither projected nor preconditioned. What every method has to be better than.
 *
 * @returns Q × n
 */
export function gradientDot(queries: HeadGradients, rows: HeadGradients): Float64Array {
  const { activations: x } = queries;
  const { activations: h } = rows;
  const classes = rows.deltas.length / h.rows;
  const result = new Float64Array(x.rows * h.rows);
  const dense = new Float64Array(x.width);
  for (let q = 0; q < x.rows; q++) {
    dense.fill(0);
    for (let e = x.offsets[q]!; e < x.offsets[q + 1]!; e++) dense[x.columns[e]!] = x.values[e]!;
    for (let i = 0; i < h.rows; i++) {
      let inputs = 1;
      for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) inputs += h.values[e]! * dense[h.columns[e]!]!;
      let outputs = 0;
      for (let c = 0; c < classes; c++)
        outputs += queries.deltas[q * classes + c]! * rows.deltas[i * classes + c]!;
      result[q * h.rows + i] = inputs * outputs;
    }
  }
  return result;
}
