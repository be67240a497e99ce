import { Tensor } from "onnxruntime-node";
import { transposed } from "../core/network/dense.ts";
import type { AdaptedNetwork } from "../model/network/adapted.ts";
import type { Matrix, Sketch } from "../sketch/types.ts";
import { forwardWeights } from "./forward.ts";
import { PORTS } from "./graph.ts";

const tensor = (values: Float32Array, dims: readonly number[]): Tensor => new Tensor("float32", values, dims);

const transposedTensor = ({ values, columns, rows }: Matrix): Tensor =>
  tensor(transposed(values, columns), [columns, rows]);

/** P_in without the column that meets the bias, transposed; and that column. */
function inputFeeds({ values, columns, rows }: Matrix, bias: boolean): { base: Tensor; bias: Tensor } {
  const inputs = columns - (bias ? 1 : 0);
  const base = new Float32Array(inputs * rows);
  const last = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < inputs; j++) base[j * rows + r] = values[r * columns + j]!;
    if (bias) last[r] = values[r * columns + inputs]!;
  }
  return { base: tensor(base, [inputs, rows]), bias: tensor(last, [rows]) };
}

const list = (values: readonly number[]): Tensor =>
  new Tensor("int64", BigInt64Array.from(values, BigInt), [values.length]);

/**
 * The tensors that are the same for every request: parameters of each member in both orientations, and the sketch.
 *
 * @param wanted names of the graph's inputs; what it has no use for is left out
 */
export function constantFeeds(
  members: readonly AdaptedNetwork[],
  sketch: Sketch,
  wanted: readonly string[],
): Record<string, Tensor> {
  const feeds = new Map<string, Tensor>();
  members.forEach(({ parameters }, member) => {
    for (const [name, { dims, values }] of parameters) {
      const full = `member ${member}: ${name}`;
      feeds.set(full, tensor(values, dims));
      if (dims.length === 2) {
        feeds.set(forwardWeights(full), tensor(transposed(values, dims[1]!), dims.toReversed()));
      }
    }
  });
  sketch.layers.forEach(({ input, output, inputOf, outputOf }, at) => {
    const bias = wanted.includes(PORTS.inputBias(at));
    const feed = inputFeeds(input, bias);
    feeds.set(PORTS.inputBase(at), feed.base);
    feeds.set(PORTS.inputBias(at), feed.bias);
    feeds.set(PORTS.outputBase(at), transposedTensor(output));
    feeds.set(PORTS.inputOf(at), list(inputOf));
    feeds.set(PORTS.outputOf(at), list(outputOf));
  });
  if (sketch.mix !== undefined) feeds.set(PORTS.mix, transposedTensor(sketch.mix));
  return Object.fromEntries([...feeds].filter(([name]) => wanted.includes(name)));
}
