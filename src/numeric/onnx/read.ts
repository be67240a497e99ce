import onnxProto from "onnx-proto";
import { refuseExternal } from "./external.ts";
import { modelOf } from "./nodes.ts";
import { elementType } from "./precision.ts";

const { onnx } = onnxProto;

/** A constant of a graph that was read. */
export interface ReadConstant {
  readonly dims: readonly number[];
  /** Integers as numbers where the file has int64. */
  readonly values: Float32Array | readonly number[];
}

export interface ReadNode {
  readonly op: string;
  /** The node's own name, or the name of what it computes. */
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers and lists of numbers. */
  readonly attributes: Readonly<Record<string, number | readonly number[] | string>>;
}

/** An ONNX file's graph with what this project can use of it: float32 and int64 constants, numeric attributes. */
export interface ReadGraph {
  readonly opset: number;
  readonly constants: ReadonlyMap<string, ReadConstant>;
  /** Element types of the constants that are not among those, by name. */
  readonly unread: ReadonlyMap<string, string>;
  readonly nodes: readonly ReadNode[];
}

type TensorProto = InstanceType<typeof onnx.TensorProto>;

type NodeProto = InstanceType<typeof onnx.NodeProto>;

function constantOf(tensor: TensorProto): ReadConstant | undefined {
  if (Number(tensor.dataLocation ?? 0) !== 0)
    throw refuseExternal(tensor.name ?? "", "its numbers are in a separate file");
  const dims = (tensor.dims ?? []).map(Number);
  const raw = tensor.rawData;
  const bytes = raw != null && raw.length > 0 ? Uint8Array.from(raw) : undefined;
  switch (tensor.dataType) {
    case onnx.TensorProto.DataType.FLOAT:
      return {
        dims,
        values: bytes ? new Float32Array(bytes.buffer) : Float32Array.from(tensor.floatData ?? []),
      };
    case onnx.TensorProto.DataType.INT64:
      return {
        dims,
        values: bytes
          ? Array.from(new BigInt64Array(bytes.buffer), Number)
          : (tensor.int64Data ?? []).map(Number),
      };
    default:
      return undefined;
  }
}

/** What a Constant node gives in one of its forms; undefined where that is neither float32 nor int64. */
function constantNode({ attribute }: NodeProto): ReadConstant | undefined {
  for (const { name, t, f, floats, i, ints } of attribute ?? []) {
    if (name === "value" && t != null) return constantOf(t as TensorProto);
    if (name === "value_float") return { dims: [], values: Float32Array.of(Number(f)) };
    if (name === "value_floats")
      return { dims: [floats?.length ?? 0], values: Float32Array.from(floats ?? []) };
    if (name === "value_int") return { dims: [], values: [Number(i)] };
    if (name === "value_ints") return { dims: [ints?.length ?? 0], values: (ints ?? []).map(Number) };
  }
  return undefined;
}

/**
 * Reads an ONNX file.
 *
 * @throws TRB_MODEL_MALFORMED_ONNX, TRB_MODEL_EXTERNAL_DATA
 */
export function readGraph(file: Uint8Array): ReadGraph {
  const model = modelOf(file);
  const constants = new Map<string, ReadConstant>();
  const unread = new Map<string, string>();
  for (const tensor of model.graph?.initializer ?? []) {
    const constant = constantOf(tensor as TensorProto);
    if (constant !== undefined) constants.set(tensor.name ?? "", constant);
    else unread.set(tensor.name ?? "", elementType(tensor.dataType ?? 0));
  }
  const nodes: ReadNode[] = [];
  for (const node of model.graph?.node ?? []) {
    const output = node.output?.[0] ?? "";
    const constant = node.opType === "Constant" ? constantNode(node as NodeProto) : undefined;
    if (constant !== undefined) {
      constants.set(output, constant);
      continue;
    }
    const { FLOAT, INT, INTS, FLOATS, STRING } = onnx.AttributeProto.AttributeType;
    const attributes: Record<string, number | readonly number[] | string> = {};
    for (const { name, type, f, i, ints, floats, s } of node.attribute ?? []) {
      if (name == null) continue;
      if (type === FLOAT) attributes[name] = Number(f);
      else if (type === INT) attributes[name] = Number(i);
      else if (type === INTS) attributes[name] = (ints ?? []).map(Number);
      else if (type === FLOATS) attributes[name] = (floats ?? []).map(Number);
      else if (type === STRING) attributes[name] = Buffer.from(s ?? []).toString("utf8");
    }
    nodes.push({
      op: node.opType ?? "",
      name: node.name || output,
      inputs: node.input ?? [],
      outputs: node.output ?? [],
      attributes,
    });
  }
  const opset = model.opsetImport?.find(({ domain }) => !domain || domain === "ai.onnx")?.version;
  return { opset: Number(opset ?? 0), constants, unread, nodes };
}
