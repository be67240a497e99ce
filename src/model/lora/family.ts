import { requireFiniteGradients, requireFiniteOutput } from "../../numeric/network/finite.ts";
import { differentiate, runNetwork, type Values } from "../../numeric/network/run.ts";
import { biasOf, type Network, type Tensor, weightsOf } from "../../numeric/network/types.ts";
import { seededRandom } from "../../numeric/random.ts";
import { denseRows, pickRows } from "../activations.ts";
import { trainInBatches } from "../adam.ts";
import { withDigest } from "../adapter.ts";
import { lossDeltas } from "../mlp/network.ts";
import type { FitOptions, ModelFamily } from "../model-family.ts";
import { type LinearTarget, loraNetwork, parameterTensors, targetsOf } from "../network/adapted.ts";
import { importNetwork } from "../network/import.ts";
import { plainReport } from "../report.ts";
import { logSoftmaxInPlace } from "../softmax.ts";
import type { TrainingData } from "../training-data.ts";
import type { Activations, Base, LayerGradients, LoraAdapter, Schedule } from "../types.ts";

export const DEFAULT_RANK = 4;
/** s = α/rank with α = 2·rank. */
export const DEFAULT_SCALE = 2;
export const DEFAULT_SCHEDULE: Schedule = { epochs: 15, batch: 32, rate: 1e-2 };
/** Rows that are run at once where nothing is trained. */
const CHUNK = 256;

/** Parameters as training holds them: one vector with a view for each tensor of the network. */
interface Parameters {
  readonly flat: Float64Array;
  readonly tensors: Values;
}

function layOut(network: Network, flat?: Float64Array): Parameters {
  const shapes = network.layers.flatMap(({ layer, bias }) =>
    bias ? [weightsOf(layer), biasOf(layer)] : [weightsOf(layer)],
  );
  const sizes = shapes.map((name) => network.shapes.get(name)!.reduce((product, d) => product * d, 1));
  const vector = flat ?? new Float64Array(sizes.reduce((sum, size) => sum + size, 0));
  const tensors: Values = new Map();
  let at = 0;
  shapes.forEach((name, i) => {
    tensors.set(name, { dims: network.shapes.get(name)!, values: vector.subarray(at, at + sizes[i]!) });
    at += sizes[i]!;
  });
  return { flat: vector, tensors };
}

/** A normal with variance 1/inputs, B and the head 0: the base is served unchanged at first (Hu et al., 2021). */
function startingPoint({
  network,
  adapter,
  seed,
}: {
  network: Network;
  adapter?: LoraAdapter;
  seed: number;
}): Parameters {
  const parameters = layOut(network);
  if (adapter !== undefined) {
    for (const [name, { values }] of parameterTensors(adapter))
      parameters.tensors.get(name)!.values.set(values);
    return parameters;
  }
  const random = seededRandom(seed);
  for (const { layer, inputs } of network.layers) {
    if (!layer.endsWith(".a")) continue;
    const { values } = parameters.tensors.get(weightsOf(layer))!;
    for (let j = 0; j < values.length; j++) values[j] = random.normal() / Math.sqrt(inputs);
  }
  return parameters;
}

function inputOf(network: Network, { rows, width, offsets, columns, values }: Activations): [string, Tensor] {
  const dense = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++)
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) dense[i * width + columns[e]!] = values[e]!;
  return [network.input.name, { dims: [rows, width], values: dense }];
}

/** @throws TRB_MODEL_OUTPUT */
function run(network: Network, { tensors }: Parameters, x: Activations): Values {
  const values = runNetwork(network, new Map([...tensors, inputOf(network, x)]));
  requireFiniteOutput(network, values);
  return values;
}

function roundedAdapter(
  parameters: Parameters,
  shape: Pick<LoraAdapter, "rank" | "scale"> & { readonly targets: readonly LinearTarget[] },
  base: Base,
  data: TrainingData,
  rest: Pick<LoraAdapter, "report" | "schedule">,
): LoraAdapter {
  const values = (name: string): Float32Array => Float32Array.from(parameters.tensors.get(name)!.values);
  const { targets, rank, scale } = shape;
  return withDigest({
    kind: "lora",
    labels: [...data.names],
    width: base.output.width,
    rank,
    scale,
    pairs: targets.map(({ target, inputs, outputs }, at) => ({
      name: `lora.${at}`,
      target,
      inputs,
      outputs,
      a: values(weightsOf(`lora.${at}.a`)),
      b: values(weightsOf(`lora.${at}.b`)),
    })),
    weights: values(weightsOf("head")),
    bias: values(biasOf("head")),
    base: data.base,
    datanet: data.datanet,
    ...rest,
  });
}

/** Rows of one tensor that has the batch in front, as tokens: all dimensions but the last are counted as rows. */
const tokensOf = ({ dims }: Tensor): number => dims.slice(1, -1).reduce((product, d) => product * d, 1);

/**
 * Low-rank adapters inside of a frozen base: y = W·x + s·B·A·x beside its products with constant matrices, and a softmax
 * head on what comes out. Its activations are what the base reads. Layers "lora.i.a" (x, s·Bᵀδ) and "lora.i.b"
 * (A·x, s·δ) for each pair from below, then "head".
 *
 * @throws TRB_MODEL_OPERATOR where the base has an operator that is not known
 */
export function loraFamily(base: Base): ModelFamily<LoraAdapter> {
  const frozen = importNetwork(base);

  const fit = (data: TrainingData, options: FitOptions): LoraAdapter => {
    const { activations, labels, names } = data;
    const { seed, ridge, start, like, stopAfter, onProgress } = options;
    const model = start ?? like;
    const known = model?.kind === "lora" ? model : undefined;
    const targets = targetsOf(frozen, options.targets ?? known?.pairs.map(({ target }) => target));
    const rank = options.rank ?? known?.rank ?? DEFAULT_RANK;
    const scale = options.scale ?? known?.scale ?? DEFAULT_SCALE;
    const pairs = targets.map((target, at) => ({ ...target, name: `lora.${at}` }));
    const network = loraNetwork(base, { pairs, rank, scale, labels: names });
    const from = start?.kind === "lora" ? { adapter: start } : {};
    const parameters = startingPoint({ network, seed, ...from });
    const rows = options.rows ?? Uint32Array.from({ length: activations.rows }, (_, i) => i);
    const planned = known?.schedule ?? DEFAULT_SCHEDULE;
    const schedule = { ...planned, epochs: options.epochs ?? planned.epochs };
    const training = { rows, seed: (seed ^ 0x5eed) >>> 0, ridge, schedule, stopAfter, onProgress };
    trainInBatches(parameters.flat, training, (chosen, gradient) => {
      const values = run(network, parameters, pickRows(activations, chosen));
      const logits = values.get(network.output)!;
      const loss = lossDeltas(
        logits.values,
        chosen.map((i) => labels[i]!),
      );
      const gradients = differentiate(network, values, logits);
      const sums = layOut(network, gradient).tensors;
      requireFiniteGradients(network, [...sums.keys()], gradients);
      for (const [name, { values: sum }] of sums) sum.set(gradients.get(name)!.values);
      return loss;
    });
    return roundedAdapter(parameters, { rank, scale, targets }, base, data, {
      schedule,
      report: plainReport(rows.length, options, { iterations: stopAfter ?? schedule.epochs, decrement: 0 }),
    });
  };

  /** Calls `use` with the tensors of each chunk of rows. */
  const inChunks = (
    adapter: LoraAdapter,
    activations: Activations,
    use: (network: Network, values: Values, from: number, to: number) => void,
  ): void => {
    const network = loraNetwork(base, adapter);
    const parameters = startingPoint({ network, adapter, seed: 0 });
    for (let from = 0; from < activations.rows; from += CHUNK) {
      const to = Math.min(from + CHUNK, activations.rows);
      const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
      use(network, run(network, parameters, pickRows(activations, rows)), from, to);
    }
  };

  const logProbabilities = (adapter: LoraAdapter, activations: Activations): Float64Array => {
    const classes = adapter.labels.length;
    const result = new Float64Array(activations.rows * classes);
    inChunks(adapter, activations, (network, values, from) => {
      result.set(values.get(network.output)!.values, from * classes);
    });
    for (let at = 0; at < result.length; at += classes) logSoftmaxInPlace(result.subarray(at, at + classes));
    return result;
  };

  const layerGradients = (
    adapter: LoraAdapter,
    activations: Activations,
    labels: Uint32Array,
  ): LayerGradients[] => {
    const parts = new Map<string, { inputs: Float64Array[]; deltas: Float64Array[]; tokens: number }>();
    let layers: Network["layers"] = [];
    inChunks(adapter, activations, (network, values, from, to) => {
      layers = network.layers;
      const logits = values.get(network.output)!;
      lossDeltas(logits.values, labels.subarray(from, to));
      const gradients = differentiate(network, values, logits);
      const deltas = layers.map(({ output }) => output);
      requireFiniteGradients(network, deltas, gradients);
      for (const { layer, input, output } of layers) {
        const part = parts.get(layer) ?? { inputs: [], deltas: [], tokens: tokensOf(values.get(input)!) };
        part.inputs.push(values.get(input)!.values);
        part.deltas.push(gradients.get(output)!.values);
        parts.set(layer, part);
      }
    });
    return layers.map(({ layer, inputs, outputs, bias }) => {
      const part = parts.get(layer)!;
      const { tokens } = part;
      const offsets = Uint32Array.from({ length: activations.rows + 1 }, (_, i) => i * tokens);
      return {
        layer,
        inputs: denseRows(concatenated(part.inputs), inputs),
        deltas: concatenated(part.deltas),
        outputs,
        bias,
        ...(tokens > 1 && { offsets }),
      };
    });
  };

  return { kind: "lora", reads: "input", fit, logProbabilities, layerGradients };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
