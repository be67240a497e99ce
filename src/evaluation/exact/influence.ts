import { headOf } from "../../model/adapter.ts";
import { outputGradients } from "../../model/output-gradients.ts";
import { addProducts } from "../../model/softmax.ts";
import type { TrainingData } from "../../model/training-data.ts";
import type { Activations, LinearAdapter } from "../../model/types.ts";
import { mean } from "../../numeric/statistics.ts";
import { hessianSolver } from "./solve.ts";

/** Adds δ ⊗ [h; 1] of row i. */
function addGradient(h: Activations, i: number, delta: Float64Array, into: Float64Array): void {
  const classes = delta.length;
  for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
    const row = h.columns[e]! * classes;
    for (let c = 0; c < classes; c++) into[row + c]! += h.values[e]! * delta[c]!;
  }
  for (let c = 0; c < classes; c++) into[h.width * classes + c]! += delta[c]!;
}

/** v·g_i of each row. */
function alongGradients(h: Activations, deltas: Float64Array, v: Float64Array): Float64Array {
  const classes = deltas.length / h.rows;
  const moved = new Float64Array(classes);
  const bias = h.width * classes;
  return Float64Array.from({ length: h.rows }, (_, i) => {
    moved.set(v.subarray(bias, bias + classes));
    addProducts(h, i, v, moved, 0, classes);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += deltas[i * classes + c]! * moved[c]!;
    return sum;
  });
}

/**
 * Influence of every row on every request with the exact Hessian of the objective in all parameters, in float64: no sketch, no
 * columns, no integers, and no defence. What the product's scores come from, if nothing is lost on the way.
 *
 *     S(q, i) = g_qᵀ (H + λI)⁻¹ (g_i − ḡ)
 *
 * To first order, the loss of q rises by S(q, i)/(N − 1) where the model is trained again on the mean over the other rows
 * (Koh and Liang, 2017, of the mean's objective: the weight of the others changes, which is ḡ).
 *
 * @param served the label of each request that the model served
 * @returns Q × N
 */
export function exactInfluence(
  adapter: LinearAdapter,
  { activations, labels }: Pick<TrainingData, "activations" | "labels">,
  requests: Activations,
  served: Uint32Array,
  onRequest: (done: number) => void = () => {},
): Float64Array {
  const classes = adapter.labels.length;
  const head = headOf(adapter);
  const rows = Uint32Array.from(labels.keys());
  const solve = hessianSolver({ activations, labels, classes, rows }, head, adapter.report.ridge);
  const deltas = outputGradients(adapter, activations, labels);
  const asked = outputGradients(adapter, requests, served);
  const result = new Float64Array(served.length * rows.length);
  served.forEach((_, q) => {
    onRequest(q);
    const gradient = new Float64Array(head.length);
    addGradient(requests, q, asked.subarray(q * classes, (q + 1) * classes), gradient);
    const along = alongGradients(activations, deltas, solve(gradient));
    const middle = mean(along);
    result.set(
      along.map((value) => value - middle),
      q * rows.length,
    );
  });
  return result;
}
