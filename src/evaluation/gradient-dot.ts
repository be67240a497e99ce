import type { Activations, LayerGradients } from "../model/types.ts";
import { rowsOf, tokensOf } from "../numeric/tokens.ts";

function spread(h: Activations, token: number, into: Float64Array): void {
  into.fill(0);
  for (let e = h.offsets[token]!; e < h.offsets[token + 1]!; e++) into[h.columns[e]!] = h.values[e]!;
}

function addLayer(queries: LayerGradients, rows: LayerGradients, into: Float64Array): void {
  const { inputs: h, deltas, outputs, bias } = rows;
  const count = rowsOf(rows);
  const dense = new Float64Array(h.width);
  for (let q = 0; q < rowsOf(queries); q++) {
    const [first, end] = tokensOf(queries, q);
    for (let s = first; s < end; s++) {
      spread(queries.inputs, s, dense);
      for (let i = 0; i < count; i++) {
        const [begin, stop] = tokensOf(rows, i);
        for (let t = begin; t < stop; t++) {
          let inputs = bias ? 1 : 0;
          for (let e = h.offsets[t]!; e < h.offsets[t + 1]!; e++)
            inputs += h.values[e]! * dense[h.columns[e]!]!;
          let product = 0;
          for (let c = 0; c < outputs; c++)
            product += queries.deltas[s * outputs + c]! * deltas[t * outputs + c]!;
          into[q * count + i]! += inputs * product;
        }
      }
    }
  }
}

/**
 * g_q·g_i = Σ over layers and pairs of tokens of (δ_q·δ_i)(x_q·x_i): the plain dot product of the full gradients
 * (TracIn with one checkpoint, Pruthi et al., 2020), neither projected nor preconditioned. What every method has to
 * be better than.
 *
 * @returns Q × n
 */
export function gradientDot(
  queries: readonly LayerGradients[],
  rows: readonly LayerGradients[],
): Float64Array {
  const result = new Float64Array(rowsOf(queries[0]!) * rowsOf(rows[0]!));
  rows.forEach((layer, at) => {
    addLayer(queries[at]!, layer, result);
  });
  return result;
}
