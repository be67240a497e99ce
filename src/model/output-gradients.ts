import { headOf } from "./adapter.ts";
import { probabilities } from "./softmax.ts";
import type { Activations, LayerGradients, LinearAdapter } from "./types.ts";

/**
 * δ_i = softmax(W·h_i + b) − y_i: the gradient of row i's cross-entropy by its logits.
 *
 * @param labels the class of each row; for requests, the class that was served
 * @returns n × classes float64. The label's own entry is minus the sum of the others, not p − 1: it keeps its
 *   digits however certain the model is.
 */
export function outputGradients(
  adapter: LinearAdapter,
  activations: Activations,
  labels: Uint32Array,
): Float64Array {
  const classes = adapter.labels.length;
  const head = headOf(adapter);
  const gradients = new Float64Array(activations.rows * classes);
  for (let i = 0; i < activations.rows; i++) {
    const delta = gradients.subarray(i * classes, (i + 1) * classes);
    probabilities(activations, i, head, delta);
    delta[labels[i]!] = 0;
    let others = 0;
    for (const p of delta) others += p;
    delta[labels[i]!] = -others;
  }
  return gradients;
}

/** The gradients of the head's weights and bias: the one trained layer of a linear adapter. Arguments as above. */
export const headGradients = (
  adapter: LinearAdapter,
  activations: Activations,
  labels: Uint32Array,
): LayerGradients => ({
  layer: "head",
  inputs: activations,
  deltas: outputGradients(adapter, activations, labels),
  outputs: adapter.labels.length,
  bias: true,
});
