import onnxProto from "onnx-proto";
import { orMalformed } from "./malformed.ts";
import {
  type GraphProto,
  graphsIn,
  type ModelProto,
  modelOf,
  type NodeProto,
  nodesIn,
  nodesOf,
} from "./nodes.ts";

const { onnx } = onnxProto;

/** Operators that onnx 1.23 calls non-deterministic by themselves (`OpSchema.node_determinism`), and Dropout apart. */
const DRAWING = [
  "RandomNormal",
  "RandomNormalLike",
  "RandomUniform",
  "RandomUniformLike",
  "Multinomial",
  "Bernoulli",
];
/** Those of ONNX Runtime's own domain. */
const MICROSOFT = "com.microsoft";
const DRAWING_THERE = ["Sampling", "BiasDropout", "BitmaskDropout", "BitmaskBiasDropout"];

/** A node whose result is another one in each run, or depends on the other rows of it. */
export interface RandomNode {
  readonly node: string;
  readonly op: string;
  /** What is wrong with it. */
  readonly why: string;
}

/** Constants of one truth value by name; undefined where a name stands for several. */
function flagsOf(model: ModelProto): Map<string, boolean | undefined> {
  const flags = new Map<string, boolean | undefined>();
  const add = (name: string, tensor: GraphProto["initializer"][number]): void => {
    if (tensor.dataType !== onnx.TensorProto.DataType.BOOL) return;
    const bytes = tensor.rawData?.length ? Array.from(tensor.rawData) : (tensor.int32Data ?? []);
    const value = bytes.length === 1 ? bytes[0] !== 0 : undefined;
    flags.set(name, flags.has(name) && flags.get(name) !== value ? undefined : value);
  };
  const graphs = [
    model.graph as GraphProto,
    ...Array.from(nodesOf(model), ({ node }) => graphsIn(node)).flat(),
  ];
  for (const { initializer } of graphs) for (const one of initializer ?? []) add(one.name ?? "", one);
  for (const { node } of nodesOf(model)) {
    const value = node.opType === "Constant" && node.attribute?.find(({ name }) => name === "value")?.t;
    if (value) add(node.output?.[0] ?? "", value);
  }
  return flags;
}

/** Why a node is random, or trains; undefined where it does not. */
function fault(
  { opType, domain, input, output, attribute }: NodeProto,
  flags: ReadonlyMap<string, boolean | undefined>,
): string | undefined {
  const op = opType ?? "";
  if (domain === MICROSOFT && DRAWING_THERE.includes(op)) return "draws random numbers";
  if (domain && domain !== "ai.onnx") return undefined;
  if (DRAWING.includes(op)) return "draws random numbers";
  if (op === "Dropout") {
    const mode = input?.[2];
    if (!mode || flags.get(mode) === false) return undefined;
    return flags.get(mode) === true ? "is in training mode" : "may be in training mode, which is no constant";
  }
  if (op === "BatchNormalization") {
    const mode = attribute?.find(({ name }) => name === "training_mode");
    const trains = mode !== undefined && (Number(mode.i ?? 0) !== 0 || Boolean(mode.refAttrName));
    // Before operator set 14 training was told by its further outputs.
    if (trains || (output ?? []).filter((name) => name !== "").length > 1) return "is in training mode";
  }
  return undefined;
}

/** Names that a node reads, those that graphs inside of it read from outside included. */
const readBy = (node: NodeProto): string[] => [
  ...(node.input ?? []),
  ...graphsIn(node).flatMap(({ node: nodes, output }) => [
    ...((nodes ?? []) as NodeProto[]).flatMap(readBy),
    ...(output ?? []).map(({ name }) => name ?? ""),
  ]),
];

/** Nodes that an output depends on, with those that are inside of them and of the functions that they call. */
function* reached(model: ModelProto, output: string): Generator<{ node: NodeProto; name: string }> {
  const wanted = new Set([output]);
  const called = new Set<unknown>();
  function* withCalls(
    nodes: readonly NodeProto[],
    place: string,
  ): Generator<{ node: NodeProto; name: string }> {
    for (const placed of nodesIn(nodes, place)) {
      yield placed;
      for (const one of model.functions ?? []) {
        const { name, domain } = one;
        if (called.has(one) || name !== placed.node.opType || (domain ?? "") !== (placed.node.domain ?? ""))
          continue;
        called.add(one);
        yield* withCalls((one.node ?? []) as NodeProto[], `${placed.name}/`);
      }
    }
  }
  for (const node of ((model.graph?.node ?? []) as NodeProto[]).toReversed()) {
    if (!node.output?.some((name) => wanted.has(name))) continue;
    for (const name of readBy(node)) wanted.add(name);
    yield* withCalls([node], "");
  }
}

/**
 * A node that makes an output of the graph random: h of one row would be another one in each run, so that an audit would find other
 * gradients than an honest maker did.
 *
 * @returns the last such node in the graph's order
 * @throws TRB_MODEL_MALFORMED_ONNX
 */
export function findRandom(file: Uint8Array, output: string): RandomNode | undefined {
  return orMalformed(() => {
    const model = modelOf(file);
    const flags = flagsOf(model);
    for (const { node, name } of reached(model, output)) {
      const why = fault(node, flags);
      if (why !== undefined) return { node: name, op: node.opType ?? "", why };
    }
    return undefined;
  });
}
