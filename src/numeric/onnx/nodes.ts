import onnxProto from "onnx-proto";
import { orMalformed } from "./malformed.ts";

const { onnx } = onnxProto;

export type ModelProto = InstanceType<typeof onnx.ModelProto>;
export type NodeProto = InstanceType<typeof onnx.NodeProto>;
export type GraphProto = InstanceType<typeof onnx.GraphProto>;

/** A node of a model, wherever in it. */
export interface PlacedNode {
  readonly node: NodeProto;
  /** The node's own name, or the name of what it computes, behind those of the nodes and functions that it is in. */
  readonly name: string;
}

/** @throws TRB_MODEL_MALFORMED_ONNX */
export const modelOf = (file: Uint8Array): ModelProto => orMalformed(() => onnx.ModelProto.decode(file));

/** Graphs in a node's attributes, such as a loop's body. */
export const graphsIn = ({ attribute }: NodeProto): GraphProto[] =>
  (attribute ?? []).flatMap(({ g, graphs }) => [...(g ? [g] : []), ...(graphs ?? [])]) as GraphProto[];

/** A node's own name, or the name of what it computes. */
export const nodeName = ({ name, output }: NodeProto): string =>
  name || output?.find((one) => one !== "") || "without a name";

/** Nodes with those of the graphs inside of them. @param place what stands before their names */
export function* nodesIn(nodes: readonly NodeProto[], place = ""): Generator<PlacedNode> {
  for (const node of nodes) {
    const name = `${place}${nodeName(node)}`;
    yield { node, name };
    for (const graph of graphsIn(node)) yield* nodesIn((graph.node ?? []) as NodeProto[], `${name}/`);
  }
}

/** All nodes of a model: of its graph, of graphs inside of nodes, and of its functions. */
export function* nodesOf({ graph, functions }: ModelProto): Generator<PlacedNode> {
  yield* nodesIn((graph?.node ?? []) as NodeProto[]);
  for (const { name, node } of functions ?? []) yield* nodesIn((node ?? []) as NodeProto[], `${name}/`);
}
