import { encodeGraph, type Graph } from "../core/onnx-graph.ts";
import type { Adapter } from "../model/types.ts";
import type { LayerSketch, Sketch } from "../sketch/types.ts";

/** Names of the graph's inputs and outputs. */
export const PORTS = {
  hidden: "hidden",
  weights: "weights",
  bias: "bias",
  projectInput: "project_input",
  projectOutput: "project_output",
  inputOf: "input_of",
  outputOf: "output_of",
  mix: "mix",
  logits: "logits",
  probabilities: "probabilities",
  label: "label",
  gradient: "gradient",
} as const;

/** What one trace graph is made for; everything else is fed to it. */
export interface TraceShape {
  /** d. */
  readonly width: number;
  readonly classes: number;
  /** Whether the columns are mixed once more. */
  readonly mixed: boolean;
}

export const traceShape = (adapter: Adapter, sketch: Sketch): TraceShape => ({
  width: adapter.width,
  classes: adapter.labels.length,
  mixed: sketch.mix !== undefined,
});

/**
 * The forward pass of a softmax head and, as ordinary nodes, the backward pass of its loss on the label that it
 * serves, projected.
 *
 *     logits = W·h + b        p = softmax(logits)       y = the most probable label, one-hot
 *     δ = p − y               a = P_in·[h; 1]           c = P_out·δ        column_m = c[output_of m]·a[input_of m]
 *     gradient = mix·column, or the columns themselves where nothing is mixed
 *
 * δ is computed as p·(1 − y) − y·Σ p·(1 − y): the label's own p is so close to 1 in a certain model that p − 1
 * would have no digits left in float32.
 *
 * Parameters and projections are inputs, so that one session serves every adapter and sketch of this shape.
 */
function traceGraph({ width, classes, mixed }: TraceShape): Graph {
  const p = PORTS;
  return {
    name: "linear-head-trace",
    inputs: [
      { name: p.hidden, dims: [1, width] },
      { name: p.weights, dims: [classes, width] },
      { name: p.bias, dims: [classes] },
      { name: p.projectInput, dims: ["p", width + 1] },
      { name: p.projectOutput, dims: ["q", classes] },
      { name: p.inputOf, dims: ["columns"], type: "int64" },
      { name: p.outputOf, dims: ["columns"], type: "int64" },
      ...(mixed ? [{ name: p.mix, dims: ["mixed", "columns"] }] : []),
    ],
    constants: [
      { name: "one", dims: [1, 1], values: Float32Array.of(1) },
      {
        name: "classes",
        dims: [classes],
        values: BigInt64Array.from({ length: classes }, (_, c) => BigInt(c)),
      },
      { name: "axis", dims: [1], values: BigInt64Array.of(1n) },
    ],
    nodes: [
      { op: "Gemm", inputs: [p.hidden, p.weights, p.bias], output: p.logits, attributes: { transB: 1 } },
      { op: "Softmax", inputs: [p.logits], output: p.probabilities, attributes: { axis: 1 } },
      { op: "ArgMax", inputs: [p.logits], output: p.label, attributes: { axis: 1, keepdims: 1 } },
      { op: "Equal", inputs: ["classes", p.label], output: "is_label" },
      { op: "Cast", inputs: ["is_label"], output: "one_hot", attributes: { to: 1 } },
      { op: "Sub", inputs: ["one", "one_hot"], output: "is_other" },
      { op: "Mul", inputs: [p.probabilities, "is_other"], output: "others" },
      { op: "ReduceSum", inputs: ["others", "axis"], output: "doubt", attributes: { keepdims: 1 } },
      { op: "Mul", inputs: ["one_hot", "doubt"], output: "missing" },
      { op: "Sub", inputs: ["others", "missing"], output: "delta" },
      { op: "Concat", inputs: [p.hidden, "one"], output: "extended", attributes: { axis: 1 } },
      { op: "Gemm", inputs: ["extended", p.projectInput], output: "a", attributes: { transB: 1 } },
      { op: "Gemm", inputs: ["delta", p.projectOutput], output: "c", attributes: { transB: 1 } },
      { op: "Gather", inputs: ["a", p.inputOf], output: "a_of_column", attributes: { axis: 1 } },
      { op: "Gather", inputs: ["c", p.outputOf], output: "c_of_column", attributes: { axis: 1 } },
      { op: "Mul", inputs: ["a_of_column", "c_of_column"], output: mixed ? "column" : p.gradient },
      ...(mixed
        ? [{ op: "Gemm", inputs: ["column", p.mix], output: p.gradient, attributes: { transB: 1 } }]
        : []),
    ],
    outputs: [
      { name: p.logits, dims: [1, classes] },
      { name: p.probabilities, dims: [1, classes] },
      { name: p.label, dims: [1, 1], type: "int64" },
      { name: p.gradient, dims: [1, mixed ? "mixed" : "columns"] },
    ],
  };
}

/** The ONNX file of the trace graph for heads of this shape. */
export const traceGraphFile = (shape: TraceShape): Uint8Array => encodeGraph(traceGraph(shape));

/** A layer's column lists as the graph takes them. */
export const columnLists = ({
  inputOf,
  outputOf,
}: LayerSketch): { inputOf: BigInt64Array; outputOf: BigInt64Array } => ({
  inputOf: BigInt64Array.from(inputOf, BigInt),
  outputOf: BigInt64Array.from(outputOf, BigInt),
});
