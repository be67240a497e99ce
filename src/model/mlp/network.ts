import { addProduct, addTransposedProduct, transposed } from "../../numeric/network/dense.ts";
import { pickRows } from "../activations.ts";
import { transpose } from "../example-chunk.ts";
import { addProducts, softmaxInPlace } from "../softmax.ts";
import type { Activations } from "../types.ts";

/**
 * Parameters as training holds them: for each layer (inputs + 1) × outputs float64, row j the weights of input j for every
 * output, the last row the bias; the layers one after the other in `flat`. (An adapter's W is a block's transpose.)
 */
export interface Parameters {
  /** Widths from h to the logits. */
  readonly sizes: readonly number[];
  readonly flat: Float64Array;
}

export const parameterCount = (sizes: readonly number[]): number =>
  sizes.slice(1).reduce((sum, outputs, at) => sum + (sizes[at]! + 1) * outputs, 0);

/** Weights and bias of one layer, as views into a vector that is laid out as the parameters are. */
export function blockOf(sizes: readonly number[], flat: Float64Array, layer: number) {
  const from = parameterCount(sizes.slice(0, layer + 1));
  const [inputs, outputs] = [sizes[layer]!, sizes[layer + 1]!];
  const bias = from + inputs * outputs;
  return {
    inputs,
    outputs,
    weights: flat.subarray(from, bias),
    bias: flat.subarray(bias, bias + outputs),
  };
}

/** What each layer gave for some rows: tanh'd activations, last the logits. */
export function forward({ sizes, flat }: Parameters, h: Activations): Float64Array[] {
  const values: Float64Array[] = [];
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const { inputs, outputs, weights, bias } = blockOf(sizes, flat, layer);
    const z = new Float64Array(h.rows * outputs);
    for (let i = 0; i < h.rows; i++) z.set(bias, i * outputs);
    if (layer === 0) {
      for (let i = 0; i < h.rows; i++) addProducts(h, i, weights, z, i * outputs, outputs);
    } else {
      addProduct(values[layer - 1]!, weights, inputs, outputs, z);
    }
    if (layer + 2 < sizes.length) for (let j = 0; j < z.length; j++) z[j] = Math.tanh(z[j]!);
    values.push(z);
  }
  return values;
}

/**
 * Turns logits into p − y, in place. The label's own entry is minus the sum of the others: it keeps its digits however
 * certain the model is.
 *
 * @returns the sum of −log p(label)
 */
export function lossDeltas(logits: Float64Array, labels: Uint32Array): number {
  const classes = logits.length / labels.length;
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    const delta = logits.subarray(i * classes, (i + 1) * classes);
    softmaxInPlace(delta);
    const label = labels[i]!;
    loss -= Math.log(Math.max(delta[label]!, Number.MIN_VALUE));
    delta[label] = 0;
    let others = 0;
    for (const p of delta) others += p;
    delta[label] = -others;
  }
  return loss;
}

/**
 * δ of every layer, from the logits' one: below a tanh, δ·Wᵀ·(1 − a²).
 *
 * @param values what `forward` gave, the logits replaced by their δ
 */
export function backward({ sizes, flat }: Parameters, values: readonly Float64Array[]): Float64Array[] {
  const deltas: Float64Array[] = [];
  deltas[sizes.length - 2] = values.at(-1)!;
  for (let layer = sizes.length - 2; layer > 0; layer--) {
    const { inputs, outputs, weights } = blockOf(sizes, flat, layer);
    const a = values[layer - 1]!;
    const below = new Float64Array(a.length);
    addProduct(deltas[layer]!, transposed(weights, outputs), outputs, inputs, below);
    for (let j = 0; j < a.length; j++) below[j]! *= 1 - a[j]! * a[j]!;
    deltas[layer - 1] = below;
  }
  return deltas;
}

/** Adds the gradient of the rows' summed loss to `gradient`, laid out as the parameters; returns the sum. */
export function batchLoss(
  parameters: Parameters,
  activations: Activations,
  labels: Uint32Array,
  rows: Uint32Array,
  gradient: Float64Array,
): number {
  const { sizes } = parameters;
  const h = pickRows(activations, rows);
  const values = forward(parameters, h);
  const loss = lossDeltas(
    values.at(-1)!,
    rows.map((i) => labels[i]!),
  );
  const deltas = backward(parameters, values);
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const { inputs, outputs, weights, bias } = blockOf(sizes, gradient, layer);
    const delta = deltas[layer]!;
    if (layer === 0) {
      const byFeature = transpose(h);
      for (let j = 0; j < inputs; j++) addProducts(byFeature, j, delta, weights, j * outputs, outputs);
    } else {
      addTransposedProduct(values[layer - 1]!, delta, inputs, outputs, weights);
    }
    for (let at = 0; at < delta.length; at += outputs)
      for (let c = 0; c < outputs; c++) bias[c]! += delta[at + c]!;
  }
  return loss;
}
