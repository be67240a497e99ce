import { TributaryError } from "../../core/errors.ts";
import { transposed } from "../../numeric/network/dense.ts";
import { extendGraph } from "../../numeric/onnx/graph.ts";
import type { Adapter, Base, Port } from "../types.ts";

/** Prefix of what is added to a base's graph. */
const NAME = "pretrained";

/** A base's graph with hidden layers on top, and the ports to use it by. */
export interface ExportedBase {
  readonly graph: Uint8Array;
  readonly input: Port;
  readonly output: Port;
}

/**
 * A trained perceptron below its head as a frozen base: the base's graph with the hidden layers as ordinary nodes. What is
 * trained on one DataNet can so be adapted to another one.
 *
 * @throws TRB_MODEL_NO_HIDDEN where the adapter has no hidden layers
 */
export function exportBase(base: Base, adapter: Adapter): ExportedBase {
  if (adapter.kind !== "mlp") {
    throw new TributaryError("TRB_MODEL_NO_HIDDEN", "Only a perceptron has hidden layers to export.", {
      details: `the model is of kind ${adapter.kind}`,
      hint: "Train one first: tributary train --kind mlp",
    });
  }
  const hidden = adapter.layers.slice(0, -1);
  // A base that was exported before has the plain prefix in it.
  const prefix = `${NAME}.${adapter.digest.slice(2, 10)}`;
  const width = hidden.at(-1)!.outputs;
  const output = { name: prefix, width };
  const graph = extendGraph(base.graph, {
    constants: hidden.flatMap(({ weights, bias, inputs, outputs }, at) => [
      { name: `${prefix}.${at}.weights`, dims: [inputs, outputs], values: transposed(weights, inputs) },
      { name: `${prefix}.${at}.bias`, dims: [outputs], values: bias },
    ]),
    nodes: hidden.flatMap((_, at) => [
      {
        op: "Gemm",
        inputs: [
          at === 0 ? base.output.name : `${prefix}.${at - 1}.activation`,
          `${prefix}.${at}.weights`,
          `${prefix}.${at}.bias`,
        ],
        output: `${prefix}.${at}.sum`,
      },
      {
        op: "Tanh",
        inputs: [`${prefix}.${at}.sum`],
        output: at === hidden.length - 1 ? prefix : `${prefix}.${at}.activation`,
      },
    ]),
    outputs: [{ name: prefix, dims: ["batch", width] }],
  });
  return { graph, input: base.input, output };
}
