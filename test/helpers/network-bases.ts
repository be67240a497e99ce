import { withDigest } from "../../src/model/adapter.ts";
import { makeBase } from "../../src/model/base.ts";
import { linearTargets } from "../../src/model/network/adapted.ts";
import { importNetwork } from "../../src/model/network/import.ts";
import type { Base, LoraAdapter } from "../../src/model/types.ts";
import { encodeGraph, type Graph, type GraphNode } from "../../src/numeric/onnx/graph.ts";
import { seededRandom } from "../../src/numeric/random.ts";

const WIDTH = 12;
const LABELS = ["a", "b", "c"];
const random = seededRandom(17);
const floats = (count: number, scale = 0.5): Float32Array =>
  Float32Array.from({ length: count }, () => scale * random.normal());

const constant = (name: string, dims: number[], values = floats(dims.reduce((n, d) => n * d, 1))) => ({
  name,
  dims,
  values,
});
const integers = (name: string, values: number[]) => ({
  name,
  dims: [values.length],
  values: BigInt64Array.from(values, BigInt),
});

interface Case {
  /** From "y" [1, 12], which an adapted product gives, to "out". */
  readonly nodes: readonly GraphNode[];
  readonly constants?: Graph["constants"];
  readonly width?: number;
  readonly opset?: number;
}

const unary = (op: string): Case => ({ nodes: [{ op, inputs: ["y"], output: "out" }] });
/** 1 + y², which may be divided by and has a root. */
const positive: GraphNode[] = [
  { op: "Mul", inputs: ["y", "y"], output: "square" },
  { op: "Add", inputs: ["square", "one"], output: "positive" },
];
const one = constant("one", [1], Float32Array.of(1));
const tokens: GraphNode = { op: "Reshape", inputs: ["y", "tokens"], output: "t" };
const asTokens = integers("tokens", [1, 3, 4]);
const axes = integers("axes", [1]);
const flatten: GraphNode = { op: "Flatten", inputs: ["u"], output: "out", attributes: { axis: 1 } };

/** A base for each operator that adapters can reach through. */
export const CASES: Readonly<Record<string, Case>> = {
  Relu: unary("Relu"),
  Tanh: unary("Tanh"),
  Sigmoid: unary("Sigmoid"),
  Erf: unary("Erf"),
  Neg: unary("Neg"),
  Abs: unary("Abs"),
  Identity: unary("Identity"),
  Gelu: { ...unary("Gelu"), opset: 20 },
  Softmax: { nodes: [{ op: "Softmax", inputs: ["y"], output: "out", attributes: { axis: -1 } }] },
  Gemm: {
    nodes: [{ op: "Gemm", inputs: ["y", "w", "b"], output: "out", attributes: { transB: 1 } }],
    constants: [constant("w", [5, WIDTH]), constant("b", [5])],
    width: 5,
  },
  "Add, both operands": {
    nodes: [
      { op: "Tanh", inputs: ["y"], output: "t" },
      { op: "Add", inputs: ["t", "y"], output: "out" },
    ],
  },
  "Sub of a constant and from one": {
    nodes: [
      { op: "Sub", inputs: ["y", "c"], output: "t" },
      { op: "Sub", inputs: ["c", "t"], output: "s" },
      { op: "Mul", inputs: ["s", "c"], output: "out" },
    ],
    constants: [constant("c", [1, WIDTH])],
  },
  "Mul along broadcast tokens": {
    nodes: [
      tokens,
      { op: "ReduceMean", inputs: ["t"], output: "m", attributes: { axes: [1], keepdims: 1 } },
      { op: "Mul", inputs: ["t", "m"], output: "u" },
      flatten,
    ],
    constants: [asTokens],
  },
  "Div by a root": {
    nodes: [
      ...positive,
      { op: "Sqrt", inputs: ["positive"], output: "root" },
      { op: "Div", inputs: ["y", "root"], output: "out" },
    ],
    constants: [one],
  },
  Pow: {
    nodes: [
      { op: "Pow", inputs: ["y", "two"], output: "s" },
      { op: "Add", inputs: ["s", "one"], output: "p" },
      { op: "Pow", inputs: ["p", "half"], output: "out" },
    ],
    constants: [constant("two", [], Float32Array.of(2)), constant("half", [], Float32Array.of(0.5)), one],
  },
  LayerNormalization: {
    nodes: [{ op: "LayerNormalization", inputs: ["y", "g", "b"], output: "out", attributes: { axis: -1 } }],
    constants: [constant("g", [WIDTH]), constant("b", [WIDTH])],
    opset: 17,
  },
  "Unsqueeze and Squeeze": {
    nodes: [
      { op: "Unsqueeze", inputs: ["y", "axes"], output: "t" },
      { op: "Tanh", inputs: ["t"], output: "u" },
      { op: "Squeeze", inputs: ["u", "axes"], output: "out" },
    ],
    constants: [axes],
  },
  "tokens pooled by a sum": {
    nodes: [
      tokens,
      { op: "MatMul", inputs: ["t", "w"], output: "v" },
      { op: "Tanh", inputs: ["v"], output: "u" },
      { op: "ReduceSum", inputs: ["u", "axes"], output: "out", attributes: { keepdims: 0 } },
    ],
    constants: [asTokens, axes, constant("w", [4, 6])],
    width: 6,
  },
  "a small transformer": {
    nodes: [
      tokens,
      { op: "MatMul", inputs: ["t", "wq"], output: "q" },
      { op: "MatMul", inputs: ["t", "wk"], output: "k" },
      { op: "MatMul", inputs: ["t", "wv"], output: "v" },
      { op: "Transpose", inputs: ["k"], output: "kt", attributes: { perm: [0, 2, 1] } },
      { op: "MatMul", inputs: ["q", "kt"], output: "s" },
      { op: "Softmax", inputs: ["s"], output: "a", attributes: { axis: 2 } },
      { op: "MatMul", inputs: ["a", "v"], output: "mixed" },
      { op: "Add", inputs: ["t", "mixed"], output: "residual" },
      { op: "LayerNormalization", inputs: ["residual", "g", "b"], output: "n", attributes: { axis: -1 } },
      { op: "MatMul", inputs: ["n", "w1"], output: "f" },
      { op: "Relu", inputs: ["f"], output: "r" },
      { op: "MatMul", inputs: ["r", "w2"], output: "e" },
      { op: "Add", inputs: ["n", "e"], output: "last" },
      { op: "ReduceMean", inputs: ["last"], output: "out", attributes: { axes: [1], keepdims: 0 } },
    ],
    constants: [
      asTokens,
      ...["wq", "wk", "wv"].map((name) => constant(name, [4, 4])),
      constant("g", [4]),
      constant("b", [4]),
      constant("w1", [4, 8]),
      constant("w2", [8, 4]),
    ],
    width: 4,
    opset: 17,
  },
  "Sqrt of what Relu left": {
    nodes: [
      { op: "Relu", inputs: ["y"], output: "t" },
      { op: "Sqrt", inputs: ["t"], output: "out" },
    ],
  },
  "Max of one": unary("Max"),
  "Cast to the same": { nodes: [{ op: "Cast", inputs: ["y"], output: "out", attributes: { to: 1 } }] },
  "names that adapters have, too": {
    nodes: [
      { op: "Tanh", inputs: ["y"], output: "logits" },
      { op: "Mul", inputs: ["logits", "head.bias"], output: "lora.0.a.weights" },
      { op: "Add", inputs: ["lora.0.a.weights", "head.weights"], output: "out" },
    ],
    constants: [constant("head.bias", [WIDTH]), constant("head.weights", [1, WIDTH])],
  },
};

export function baseOf({ nodes, constants = [], width = WIDTH, opset = 13 }: Case): Base {
  const graph: Graph = {
    name: "case",
    opset,
    inputs: [{ name: "x", dims: [1, WIDTH] }],
    constants: [constant("w0", [WIDTH, WIDTH]), ...constants],
    nodes: [{ op: "MatMul", inputs: ["x", "w0"], output: "y" }, ...nodes],
    outputs: [{ name: "out", dims: [1, width] }],
  };
  return makeBase({
    preprocessing: { kind: "numeric", width: WIDTH },
    input: { name: "x", width: WIDTH },
    output: { name: "out", width },
    graph: encodeGraph(graph),
  });
}

/** Random low-rank pairs at every product of a base, as no training would leave them. */
export function randomPairs(base: Base, seed: number): LoraAdapter {
  const normal = seededRandom(seed);
  const values = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => 0.4 * normal.normal());
  const { width } = base.output;
  const rank = 2;
  return withDigest({
    kind: "lora",
    labels: LABELS,
    width,
    rank,
    scale: 1.5,
    pairs: linearTargets(importNetwork(base)).map(({ target, inputs, outputs }, at) => ({
      name: `lora.${at}`,
      target,
      inputs,
      outputs,
      a: values(rank * inputs),
      b: values(outputs * rank),
    })),
    weights: values(LABELS.length * width),
    bias: values(LABELS.length),
    base: base.digest,
    datanet: { root: `0x${"5".repeat(64)}`, version: 1 },
    schedule: { epochs: 1, batch: 1, rate: 1 },
    report: {
      rows: 0,
      ridge: 1e-3,
      tried: [],
      folds: { of: 0, used: 0 },
      validationRows: 0,
      validationAccuracy: 0,
      majorityAccuracy: 0,
      iterations: 0,
      decrement: 0,
      seed,
    },
  });
}

export const caseInput = (seed: number): Float64Array => {
  const normal = seededRandom(seed);
  return Float64Array.from({ length: WIDTH }, () => Math.fround(normal.normal()));
};
