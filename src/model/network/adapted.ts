import { TributaryError } from "../../core/errors.ts";
import { NetworkBuilder } from "../../numeric/network/builder.ts";
import type { Network } from "../../numeric/network/types.ts";
import type { ReadConstant } from "../../numeric/onnx/read.ts";
import { isNumericBase, isTextBase } from "../built-in.ts";
import type { Adapter, Base, LoraAdapter, MlpAdapter } from "../types.ts";
import { importNetwork } from "./import.ts";

/** Name of the logits in every network that ends in a softmax head. */
export const LOGITS = "logits";
const HEAD = "head";

const none: ReadonlyMap<string, ReadConstant> = new Map();

/** A frozen W·x of a base that a low-rank pair can change. */
export interface LinearTarget {
  /** Name of W·x in the lowered graph. */
  readonly target: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** The products with constant matrices in a network, from below. */
export const linearTargets = ({ nodes, constants, shapes }: Network): LinearTarget[] =>
  nodes
    .filter(({ op, inputs }) => op === "MatMul" && constants.has(inputs[1]!))
    .map(({ inputs, output }) => {
      const [rows, columns] = shapes.get(inputs[1]!)! as [number, number];
      return { target: output, inputs: rows, outputs: columns };
    });

/** The asked targets by name, all of them where none is asked for. @throws TRB_MODEL_TARGET */
export function targetsOf(frozen: Network, asked: readonly string[] | undefined): LinearTarget[] {
  const all = linearTargets(frozen);
  const names = asked ?? all.map(({ target }) => target);
  const found = all.filter(({ target }) => names.includes(target));
  if (found.length === names.length && found.length > 0) return found;
  throw new TributaryError("TRB_MODEL_TARGET", "The base has no such linear node to adapt.", {
    details: `its products with constant matrices: ${all.map(({ target }) => target).join(", ") || "none"}`,
    hint: "Name some of them, or use a base that has linear layers: tributary model export-base makes one.",
  });
}

/** The nodes of a network in a builder of their own, to which more can be added. */
function continued({ input, constants, nodes }: Network): NetworkBuilder {
  const builder = new NetworkBuilder(input, constants);
  for (const { op, inputs, output, source, ...details } of nodes)
    builder.add(op, inputs, output, source, details);
  return builder;
}

/** A perceptron's network on h: on a base's network, or on h as its input. */
function mlpNetwork(
  { layers, width, labels }: Pick<MlpAdapter, "layers" | "width" | "labels">,
  below: Network | undefined,
): Network {
  const builder = below ? continued(below) : new NetworkBuilder({ name: "hidden", width }, none);
  let x = below?.output ?? "hidden";
  for (const { name, outputs } of layers.slice(0, -1)) {
    builder.trained(name, x, `${name}.sum`, outputs, true);
    x = builder.add("Tanh", [`${name}.sum`], `${name}.activation`, name);
  }
  builder.trained(HEAD, x, LOGITS, labels.length, true);
  return builder.build(LOGITS);
}

type LoraShape = Pick<LoraAdapter, "rank" | "scale" | "labels"> & {
  readonly pairs: readonly Pick<LoraAdapter["pairs"][number], "name" | "target" | "outputs">[];
};

/** A base with low-rank pairs beside some of its products, and a head on its output. */
export function loraNetwork(base: Base, { pairs, scale, rank, labels }: LoraShape): Network {
  const frozen = importNetwork(base);
  const builder = new NetworkBuilder(frozen.input, frozen.constants);
  const factor = builder.constant("lora.scale", { dims: [], values: Float32Array.of(scale) });
  for (const { op, inputs, output, source, ...details } of frozen.nodes) {
    const pair = pairs.find(({ target }) => target === output);
    if (pair === undefined) {
      builder.add(op, inputs, output, source, details);
      continue;
    }
    const { name, outputs } = pair;
    builder.add(op, inputs, `${name}.frozen`, source, details);
    builder.trained(`${name}.a`, inputs[0]!, `${name}.inner`, rank, false);
    builder.trained(`${name}.b`, `${name}.inner`, `${name}.outer`, outputs, false);
    builder.add("Mul", [`${name}.outer`, factor], `${name}.scaled`, source);
    builder.add("Add", [`${name}.frozen`, `${name}.scaled`], output, source);
  }
  builder.trained(HEAD, frozen.output, LOGITS, labels.length, true);
  return builder.build(LOGITS);
}

/**
 * Whether a base is computed by the trace graph itself, also under a head or a perceptron. A built-in base has the same bits
 * there, since it adds nothing up but small integers; a user's own might not, and Φ was made from what its session gives.
 */
const isInside = (base: Base): boolean => isTextBase(base) || isNumericBase(base);

/**
 * The network from the base's input, or from h, to the logits.
 *
 * @throws TRB_MODEL_OPERATOR where a LoRA adapter's base has an unknown operator
 */
export function networkOf(adapter: Adapter, base: Base): Network {
  if (adapter.kind === "lora") return loraNetwork(base, adapter);
  const below = isInside(base) ? importNetwork(base) : undefined;
  if (adapter.kind === "mlp") return mlpNetwork(adapter, below);
  const head = { name: HEAD, outputs: adapter.labels.length };
  const layers = [head as MlpAdapter["layers"][number]];
  return mlpNetwork({ width: adapter.width, labels: adapter.labels, layers }, below);
}

/** A float32 parameter as a graph takes it. */
export interface ParameterTensor {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** An adapter's float32 parameters by the names that its network gives them. */
export function parameterTensors(adapter: Adapter): Map<string, ParameterTensor> {
  const layers =
    adapter.kind === "mlp"
      ? adapter.layers
      : [
          ...(adapter.kind === "lora" ? adapter.pairs : []).flatMap(({ name, inputs, outputs, a, b }) => {
            const rank = a.length / inputs;
            return [
              { name: `${name}.a`, inputs, outputs: rank, weights: a, bias: undefined },
              { name: `${name}.b`, inputs: rank, outputs, weights: b, bias: undefined },
            ];
          }),
          {
            name: HEAD,
            inputs: adapter.width,
            outputs: adapter.labels.length,
            weights: adapter.weights,
            bias: adapter.bias,
          },
        ];
  const tensors = new Map<string, ParameterTensor>();
  for (const { name, inputs, outputs, weights, bias } of layers) {
    tensors.set(`${name}.weights`, { dims: [outputs, inputs], values: weights });
    if (bias !== undefined) tensors.set(`${name}.bias`, { dims: [outputs], values: bias });
  }
  return tensors;
}

/** What a trace graph needs of a trained model. */
export interface AdaptedNetwork {
  readonly network: Network;
  /** Equal of models whose networks are equal but for the parameters. */
  readonly shape: string;
  /** What the network's input is: the base's own, or its h. */
  readonly reads: "input" | "hidden";
  readonly parameters: ReadonlyMap<string, ParameterTensor>;
}

/** Everything that `networkOf` reads of an adapter, and its base's digest. */
function shapeOf(adapter: Adapter): string {
  const { kind, base, labels, width } = adapter;
  const common = { kind, base, labels: labels.length, width };
  switch (kind) {
    case "linear":
      return JSON.stringify(common);
    case "mlp":
      return JSON.stringify({
        ...common,
        layers: adapter.layers.map(({ name, outputs }) => [name, outputs]),
      });
    case "lora": {
      const { rank, scale, pairs } = adapter;
      return JSON.stringify({
        ...common,
        rank,
        scale,
        pairs: pairs.map(({ name, target }) => [name, target]),
      });
    }
  }
}

/**
 * The network is made when it is asked for: of many models in one session only the first one's is.
 *
 * @throws of the network: as networkOf
 */
export function adaptedNetwork(adapter: Adapter, base: Base): AdaptedNetwork {
  let made: Network | undefined;
  return {
    get network() {
      made ??= networkOf(adapter, base);
      return made;
    },
    shape: shapeOf(adapter),
    reads: adapter.kind === "lora" || isInside(base) ? "input" : "hidden",
    parameters: parameterTensors(adapter),
  };
}
