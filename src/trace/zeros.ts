import { trainedNames } from "../numeric/network/run.ts";
import { sizeOf } from "../numeric/network/tensor.ts";
import type { Network, NetworkNode, Op } from "../numeric/network/types.ts";
import { PORTS } from "./ports.ts";
import type { GraphWriter } from "./writer.ts";

/** f(0) = 0. */
const UNARY: readonly Op[] = ["Abs", "Neg", "Sign", "Sqrt", "Relu", "Tanh", "Erf"];

const NONE: ReadonlySet<string> = new Set();

/**
 * Tensors of a network that are 0 wherever its input is, where the rest of the network asks of them only what can be had of
 * the other places: sums, and products with matrices, of which the rows of those places are enough. A hashed text has some
 * dozens of them among 8,192.
 *
 * @returns none where the input is not sparse, or where something else is asked of it; then the graph reads all places
 */
export function zeroKeeping(network: Network): ReadonlySet<string> {
  const { input, nodes, shapes, constants } = network;
  if (input.sparse !== true) return NONE;
  const kept = new Set([input.name]);
  const trained = trainedNames(network);
  const isOneNumber = (name: string): boolean => sizeOf(shapes.get(name)!) === 1 && !kept.has(name);

  const keeps = ({ op, inputs: [x, y] }: NetworkNode): boolean => {
    if (UNARY.includes(op)) return true;
    if (op === "Div") return kept.has(x!) && isOneNumber(y!);
    return op === "Mul" && [x!, y!].every((name) => kept.has(name) || isOneNumber(name));
  };
  const sums = ({ op, inputs: [x, y], axes }: NetworkNode): boolean => {
    if (op === "ReduceSum") return String(axes) === "1";
    return kept.has(x!) && !kept.has(y!) && (op === "Linear" || (op === "MatMul" && constants.has(y!)));
  };
  for (const node of nodes) {
    if (!node.inputs.some((name) => kept.has(name))) continue;
    // A parameter's gradient would have to go through entries whose number differs from request to request.
    if (keeps(node) && !trained.has(node.output)) kept.add(node.output);
    else if (!sums(node)) return NONE;
  }
  return kept.has(network.output) ? NONE : kept;
}

/** A matrix as a product with a tensor needs it: its rows at the request's places, where the tensor has only those. */
export const rowsFor = (
  to: GraphWriter,
  kept: ReadonlySet<string>,
  tensor: string,
  matrix: string,
): string => (kept.has(tensor) ? to.node("Gather", [matrix, PORTS.columns], { axis: 0 }) : matrix);
