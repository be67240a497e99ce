import { TributaryError } from "../../core/errors.ts";
import { OPERATORS } from "./operators.ts";
import { biasOf, type Network, type Tensor, weightsOf } from "./types.ts";

/** Tensors by name. */
export type Values = Map<string, Tensor>;

/** Names of everything that a trained parameter has a say in, and the parameters themselves. */
export function trainedNames({ nodes, layers }: Pick<Network, "nodes" | "layers">): Set<string> {
  const names = new Set(layers.flatMap(({ layer }) => [weightsOf(layer), biasOf(layer)]));
  for (const { inputs, output } of nodes) if (inputs.some((name) => names.has(name))) names.add(output);
  return names;
}

/**
 * Runs a network in float64.
 *
 * @param given the input, batch × width, and the trained parameters
 * @returns all tensors, the given ones included
 */
export function runNetwork(network: Network, given: Values): Values {
  const values: Values = new Map(given);
  for (const [name, { dims, values: constant }] of network.constants) {
    values.set(name, { dims, values: Float64Array.from(constant) });
  }
  for (const node of network.nodes) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    values.set(node.output, OPERATORS[node.op].forward(inputs, node));
  }
  return values;
}

/** The error where a trained layer is below an operator that cannot be differentiated. */
export const noBackward = (op: string, source: string): TributaryError =>
  new TributaryError(
    "TRB_MODEL_NO_BACKWARD",
    "A trained layer is below an operator without a backward pass.",
    {
      details: `node ${source} (${op})`,
      hint: "Train layers above this node only (--targets), or replace the operator in the base.",
    },
  );

/**
 * Gradients of a loss by everything trained, in float64, by going through the nodes backwards.
 *
 * @param values what `runNetwork` gave
 * @param delta the loss' gradient by the network's output
 * @returns gradients by name: of parameters, and of each tensor that a parameter has a say in
 * @throws TRB_MODEL_NO_BACKWARD
 */
export function differentiate(network: Network, values: Values, delta: Tensor): Values {
  const trained = trainedNames(network);
  const gradients: Values = new Map([[network.output, delta]]);
  for (const node of network.nodes.toReversed()) {
    const gradient = gradients.get(node.output);
    const asked = node.inputs.map((name) => trained.has(name));
    if (gradient === undefined || !asked.includes(true)) continue;
    const { backward } = OPERATORS[node.op];
    if (backward === undefined) throw noBackward(node.op, node.source);
    const inputs = node.inputs.map((name) => values.get(name)!);
    const parts = backward(gradient, inputs, values.get(node.output)!, node, asked);
    node.inputs.forEach((name, at) => {
      const part = parts[at];
      if (part === undefined || !asked[at]) return;
      const before = gradients.get(name);
      gradients.set(name, before === undefined ? part : sum(before, part));
    });
  }
  return gradients;
}

const sum = (a: Tensor, b: Tensor): Tensor => ({
  dims: a.dims,
  values: a.values.map((value, i) => value + b.values[i]!),
});
