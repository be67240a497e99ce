import { TributaryError } from "../../core/errors.ts";
import { NetworkBuilder } from "../../numeric/network/builder.ts";
import { LOWERINGS } from "../../numeric/network/lowerings.ts";
import type { Network } from "../../numeric/network/types.ts";
import { type ReadNode, readGraph } from "../../numeric/onnx/read.ts";
import type { Base } from "../types.ts";

/** The first operator set whose Softmax and ReduceSum are the ones meant here. */
const LEAST_OPSET = 13;

const SUPPORTED = Object.keys(LOWERINGS).sort().join(", ");

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
  const { opset, constants, nodes } = readGraph(graph);
  if (opset < LEAST_OPSET) {
    throw new TributaryError("TRB_MODEL_OPERATOR", "The base's graph uses an old operator set.", {
      details: `${opset}, not ${LEAST_OPSET} or newer`,
      hint: `Export it with opset ${LEAST_OPSET} or newer.`,
    });
  }
  const builder = new NetworkBuilder({ ...input, sparse: preprocessing.kind === "text" }, constants);
  for (const node of needed(nodes, output.name)) {
    const refuse = (why: string, cause?: unknown): TributaryError =>
      new TributaryError(
        "TRB_MODEL_OPERATOR",
        "The base has an operator that adapters cannot reach through.",
        {
          details: `node ${node.name} (${node.op}): ${why}`,
          hint: `Known: ${SUPPORTED}. Use --kind linear or mlp, which need no way through the base.`,
          cause,
        },
      );
    const lower = LOWERINGS[node.op];
    if (lower === undefined) throw refuse("not one of the known operators");
    try {
      lower(node, builder);
    } catch (error) {
      if (error instanceof RangeError) throw refuse(error.message, error);
      throw error;
    }
  }
  return builder.build(output.name);
}
