import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

/** A node of a graph that is written by hand: what `encodeGraph` has no need of. */
export interface HandNode {
  readonly op: string;
  readonly inputs?: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: readonly Record<string, unknown>[];
}

export interface HandTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** float32 where absent. */
  readonly type?: number;
  readonly bytes?: Uint8Array;
  /** Entries of external_data; the numbers are then not in the file. */
  readonly external?: readonly (readonly [string, string])[];
}

export interface HandModel {
  readonly nodes: readonly HandNode[];
  readonly tensors?: readonly HandTensor[];
  readonly ir?: number;
  readonly opset?: number;
  readonly functions?: readonly {
    name: string;
    domain: string;
    nodes: readonly HandNode[];
    opset?: number;
  }[];
  /** Element type of input and output. */
  readonly type?: number;
  readonly width?: number;
}

export const tensorProto = ({ name, dims, type = 1, bytes, external }: HandTensor) => ({
  name,
  dims: [...dims],
  dataType: type,
  ...(external
    ? { dataLocation: 1, externalData: external.map(([key, value]) => ({ key, value })) }
    : { rawData: bytes }),
});

export const nodeProto = ({ op, inputs = [], outputs, name, domain, attributes = [] }: HandNode) => ({
  opType: op,
  input: [...inputs],
  output: [...outputs],
  ...(name !== undefined && { name }),
  ...(domain !== undefined && { domain }),
  attribute: [...attributes],
});

const port = (name: string, elemType: number, width: number) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [{ dimValue: 1 }, { dimValue: width }] } } },
});

/** A graph as an attribute, such as a branch of If: its output is the last node's. */
export const graphAttribute = (name: string, nodes: readonly HandNode[]) => ({
  name,
  type: onnx.AttributeProto.AttributeType.GRAPH,
  g: { name, node: nodes.map(nodeProto), output: [port(nodes.at(-1)!.outputs[0]!, 1, 4)] },
});

/** An ONNX file from "x" [1, width] to "y" [1, width]. */
export function handModel(model: HandModel): Uint8Array {
  const { nodes, tensors = [], ir = 8, opset = 17, functions = [], type = 1, width = 4 } = model;
  const domains = new Set(functions.map(({ domain }) => domain));
  return onnx.ModelProto.encode({
    irVersion: ir,
    opsetImport: [{ domain: "", version: opset }, ...[...domains].map((domain) => ({ domain, version: 1 }))],
    functions: functions.map(({ name, domain, nodes: inner, opset: own = opset }) => ({
      name,
      domain,
      input: [...(inner[0]!.inputs ?? [])],
      output: [...inner.at(-1)!.outputs],
      node: inner.map(nodeProto),
      opsetImport: [{ domain: "", version: own }],
    })),
    graph: {
      name: "hand",
      input: [port("x", type, width)],
      output: [port("y", type, width)],
      initializer: tensors.map(tensorProto),
      node: nodes.map(nodeProto),
    },
  } as Parameters<typeof onnx.ModelProto.encode>[0]).finish();
}
