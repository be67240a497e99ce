import onnxProto from "onnx-proto";
import { delimited } from "./fields.ts";
import { modelOf, type NodeProto, nodeName } from "./nodes.ts";
import { rewriteModel } from "./walk.ts";

const { onnx } = onnxProto;

/** A node with the names of what it reads and gives. */
export interface ExposedNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A graph that also gives what each of its nodes computes, with the nodes in their order: to find where something went wrong. */
export function exposeNodes(file: Uint8Array): {
  readonly graph: Uint8Array;
  readonly nodes: readonly ExposedNode[];
} {
  const { graph } = modelOf(file);
  const given = new Set((graph?.output ?? []).map(({ name }) => name));
  const nodes = ((graph?.node ?? []) as NodeProto[]).map((node) => ({
    name: nodeName(node),
    op: node.opType ?? "",
    inputs: node.input ?? [],
    outputs: (node.output ?? []).filter((name) => name !== ""),
  }));
  // Their types are inferred.
  const further = nodes.flatMap(({ outputs }) => outputs).filter((name) => !given.has(name));
  const added = onnx.GraphProto.encode({ output: further.map((name) => ({ name })) }).finish();
  return {
    graph: rewriteModel(file, ({ number, payload }, inside, is) =>
      inside === "model" && is === "graph" ? delimited(number, [payload!, added]) : undefined,
    ),
    nodes,
  };
}
