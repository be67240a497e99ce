import { trainedNames } from "../numeric/network/run.ts";
import {
  biasOf,
  type Network,
  type NetworkNode,
  type TrainedLayer,
  weightsOf,
} from "../numeric/network/types.ts";
import type { GraphWriter } from "./writer.ts";
import { rowsFor, zeroKeeping } from "./zeros.ts";

/** A member's network in the graph: what it shares with other members has a name of its own. */
export interface Placed {
  readonly network: Network;
  /** Names in the network of what is trained or depends on it. */
  readonly trained: ReadonlySet<string>;
  /** Names in the network of what the graph has at a sparse request's places only; none where it has everything. */
  readonly entries: ReadonlySet<string>;
  /** A tensor's name in the graph. */
  readonly nameOf: (tensor: string) => string;
}

/** Transposed W, as the forward pass multiplies with it: ONNX Runtime's kernel for one row wants it so. */
export const forwardWeights = (weights: string): string => `${weights} transposed`;

export function place(network: Network, member: number): Placed {
  const trained = trainedNames(network);
  return {
    network,
    trained,
    entries: zeroKeeping(network),
    nameOf: (tensor) => (trained.has(tensor) ? `member ${member}: ${tensor}` : `base: ${tensor}`),
  };
}

const rankOf = ({ shapes }: Network, tensor: string): number => shapes.get(tensor)!.length;

/** y = x·Wᵀ + b. */
function writeLinear(
  to: GraphWriter,
  { network, nameOf, entries }: Placed,
  node: NetworkNode,
  layer: TrainedLayer,
): void {
  const { inputs, outputs } = layer;
  const x = nameOf(layer.input);
  const all = to.input(forwardWeights(nameOf(weightsOf(layer.layer))), [inputs, outputs]);
  const weights = rowsFor(to, entries, layer.input, all);
  const y = nameOf(node.output);
  if (!layer.bias) {
    to.node("MatMul", [x, weights], {}, y);
    return;
  }
  const bias = to.input(nameOf(biasOf(layer.layer)), [outputs]);
  if (rankOf(network, layer.input) === 2) to.node("Gemm", [x, weights, bias], {}, y);
  else to.node("Add", [to.node("MatMul", [x, weights]), bias], {}, y);
}

/** Writes the nodes of a network; those that another member has written already are left out. */
export function writeForward(to: GraphWriter, placed: Placed, written: Set<string>): void {
  const { network, nameOf, entries } = placed;
  for (const [name, { dims, values }] of network.constants) to.constant(nameOf(name), dims, values);
  for (const node of network.nodes) {
    const output = nameOf(node.output);
    if (written.has(output)) continue;
    written.add(output);
    const inputs = node.inputs.map(nameOf);
    const { op, axes, keepdims, perm, shape } = node;
    switch (op) {
      case "Linear":
        writeLinear(to, placed, node, network.layers.find((layer) => layer.output === node.output)!);
        break;
      case "MatMul":
        to.node(op, [inputs[0]!, rowsFor(to, entries, node.inputs[0]!, inputs[1]!)], {}, output);
        break;
      case "ReduceMean":
        to.node(op, inputs, { axes: axes!, keepdims: Number(keepdims) }, output);
        break;
      case "ReduceSum":
        to.node(op, [...inputs, to.integers(axes!)], { keepdims: Number(keepdims) }, output);
        break;
      case "Transpose":
        to.node(op, inputs, { perm: perm! }, output);
        break;
      case "Reshape":
        to.node(op, [...inputs, to.integers(shape!)], {}, output);
        break;
      case "Softmax":
        to.node(op, inputs, { axis: -1 }, output);
        break;
      default:
        to.node(op, inputs, {}, output);
    }
  }
}
