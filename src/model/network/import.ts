import { TributaryError } from "../../core/errors.ts";
import { NetworkBuilder } from "../../numeric/network/builder.ts";
import { LOWERINGS } from "../../numeric/network/lowerings.ts";
import type { Network } from "../../numeric/network/types.ts";
import { type ReadGraph, type ReadNode, readGraph } from "../../numeric/onnx/read.ts";
import type { Base } from "../types.ts";

/** The first operator set whose Softmax and ReduceSum are the ones meant here. */
const LEAST_OPSET = 13;

const SUPPORTED = Object.keys(LOWERINGS).sort().join(", ");

/** Names that adapters give to what they add to a base (`adapted.ts`). A base of another origin may have them, too. */
const RESERVED = /^(logits|head\.(weights|bias)|lora\..*)$/;

const ownName = (name: string): string => (RESERVED.test(name) ? `own ${name}` : name);

/** A graph whose tensors have no name that an adapter's may have, and whose input has no value of its own. */
function withoutReserved({ opset, constants, unread, nodes }: ReadGraph, input: string): ReadGraph {
  const others = Array.from(constants).filter(([name]) => name !== input);
  return {
    opset,
    constants: new Map(others.map(([name, value]) => [ownName(name), value])),
    unread,
    nodes: nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(ownName),
      outputs: node.outputs.map(ownName),
    })),
  };
}

/** Nodes that the output depends on, in the file's order. */
function needed(nodes: readonly ReadNode[], output: string): ReadNode[] {
  const wanted = new Set([output]);
  const kept: ReadNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    kept.push(node);
    for (const name of node.inputs) wanted.add(name);
  }
  return kept.reverse();
}

/**
 * A base's graph as a network of operators that are known forwards and backwards. Composite operators are taken apart:
 * Gemm, LayerNormalization, Gelu, Pow, Flatten, Squeeze and Unsqueeze.
 *
 * @throws TRB_MODEL_OPERATOR where an operator, or a use of it, is not among those; TRB_MODEL_MALFORMED_ONNX
 */
export function importNetwork({ graph, input, output, preprocessing }: Base): Network {
  const { opset, constants, unread, nodes } = withoutReserved(readGraph(graph), input.name);
  if (opset < LEAST_OPSET) {
    throw new TributaryError("TRB_MODEL_OPERATOR", "The base's graph uses an old operator set.", {
      details: `${opset}, not ${LEAST_OPSET} or newer`,
      hint: `Export it with opset ${LEAST_OPSET} or newer.`,
    });
  }
  const sparse = preprocessing.kind === "text";
  const builder = new NetworkBuilder({ name: ownName(input.name), width: input.width, sparse }, constants);
  const refuse = (details: string, cause?: unknown): TributaryError =>
    new TributaryError("TRB_MODEL_OPERATOR", "The base has an operator that adapters cannot reach through.", {
      details,
      hint: `Known: ${SUPPORTED}. Use --kind linear or mlp, which need no way through the base.`,
      cause,
    });
  for (const node of needed(nodes, ownName(output.name))) {
    const place = `node ${node.name} (${node.op})`;
    const lower = LOWERINGS[node.op];
    if (lower === undefined) throw refuse(`${place}: not one of the known operators`);
    try {
      lower(node, builder);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const other = node.inputs.find((name) => unread.has(name));
      const why = other === undefined ? "" : `; its constant ${other} is ${unread.get(other)}`;
      throw refuse(`${place}: ${error.message}${why}`, error);
    }
  }
  if (builder.isConstant(ownName(output.name)))
    throw refuse(`the output ${output.name} does not depend on the input`);
  return builder.build(ownName(output.name));
}
