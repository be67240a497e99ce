import onnxProto from "onnx-proto";
import { delimited, fieldsOf } from "./fields.ts";
import { rewriteModel } from "./walk.ts";

const { onnx } = onnxProto;

/** Operator set and file format that every node written here exists in; read by ONNX Runtime 1.8 and newer. */
const OPSET = 13;
const IR_VERSION = 7;

/** Field of a GraphProto. */
const OUTPUT = 12;

const FLOAT = onnx.TensorProto.DataType.FLOAT;
const INT32 = onnx.TensorProto.DataType.INT32;
const INT64 = onnx.TensorProto.DataType.INT64;
const TYPES = { float: FLOAT, int32: INT32, int64: INT64 } as const;

/** An input or output; a name instead of a number is a free dimension. */
export interface TensorShape {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  /** float where absent. */
  readonly type?: keyof typeof TYPES;
}

/** A constant of the graph; little-endian bytes go into the file. */
export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Integers and lists of integers, by name. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface Graph {
  readonly name: string;
  /** Operator set, where a node needs a newer one. */
  readonly opset?: number;
  readonly inputs: readonly TensorShape[];
  readonly constants: readonly Constant[];
  /** In an order in which each node's inputs are there. */
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly TensorShape[];
}

const valueInfo = ({ name, dims, type }: TensorShape) => ({
  name,
  type: {
    tensorType: {
      elemType: TYPES[type ?? "float"],
      shape: { dim: dims.map((dim) => (typeof dim === "number" ? { dimValue: dim } : { dimParam: dim })) },
    },
  },
});

const constant = ({ name, dims, values }: Constant) => ({
  name,
  dims: [...dims],
  dataType: values instanceof Float32Array ? FLOAT : INT64,
  rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

const attribute = (name: string, value: number | readonly number[]) =>
  typeof value === "number"
    ? { name, type: onnx.AttributeProto.AttributeType.INT, i: value }
    : { name, type: onnx.AttributeProto.AttributeType.INTS, ints: [...value] };

const nodeProto = ({ op, inputs, output, attributes }: GraphNode) => ({
  opType: op,
  name: output,
  input: [...inputs],
  output: [output],
  attribute: Object.entries(attributes ?? {}).map(([name, value]) => attribute(name, value)),
});

/** The ONNX file of a graph. The same graph gives the same bytes. */
export function encodeGraph(graph: Graph): Uint8Array {
  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    producerName: "tributary",
    opsetImport: [{ domain: "", version: graph.opset ?? OPSET }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: graph.constants.map(constant),
      node: graph.nodes.map(nodeProto),
    },
  }).finish();
}

/**
 * An ONNX file with constants and nodes added behind its own, and other outputs.
 *
 * @param file a graph of operator set 13 or newer
 */
export function extendGraph(
  file: Uint8Array,
  { constants, nodes, outputs }: Pick<Graph, "constants" | "nodes" | "outputs">,
): Uint8Array {
  const added = onnx.GraphProto.encode({
    initializer: constants.map(constant),
    node: nodes.map(nodeProto),
    output: outputs.map(valueInfo),
  }).finish();
  return rewriteModel(file, ({ number, payload }, inside, is) => {
    if (inside !== "model" || is !== "graph") return undefined;
    const kept = Array.from(fieldsOf(payload!)).filter((field) => field.number !== OUTPUT);
    return delimited(number, [...kept.map(({ bytes }) => bytes), added]);
  });
}
