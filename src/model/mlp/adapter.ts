import { transposed } from "../../numeric/network/dense.ts";
import type { DenseLayer, MlpAdapter } from "../types.ts";
import { blockOf, type Parameters, parameterCount } from "./network.ts";

/** Name of a layer: those below the last are hidden ones. */
const layerName = (layer: number, layers: number): string =>
  layer === layers - 1 ? "head" : `hidden.${layer}`;

/** Trained parameters as layers, rounded to the float32 that serving uses. */
export function layersOf({ sizes, flat }: Parameters): DenseLayer[] {
  const count = sizes.length - 1;
  return Array.from({ length: count }, (_, layer) => {
    const { inputs, outputs, weights, bias } = blockOf(sizes, flat, layer);
    return {
      name: layerName(layer, count),
      inputs,
      outputs,
      weights: Float32Array.from(transposed(weights, outputs)),
      bias: Float32Array.from(bias),
    };
  });
}

/** An adapter's parameters as training and attribution hold them, in float64. */
export function parametersOf({ layers }: Pick<MlpAdapter, "layers">): Parameters {
  const sizes = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
  const flat = new Float64Array(parameterCount(sizes));
  layers.forEach(({ inputs, weights, bias }, layer) => {
    const block = blockOf(sizes, flat, layer);
    block.weights.set(transposed(weights, inputs));
    block.bias.set(bias);
  });
  return { sizes, flat };
}
