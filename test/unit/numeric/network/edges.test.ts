import assert from "node:assert/strict";
import { test } from "node:test";
import { Tensor as OrtTensor } from "onnxruntime-node";
import { makeBase } from "../../../../src/model/base.ts";
import { loraFamily } from "../../../../src/model/lora/family.ts";
import { importNetwork } from "../../../../src/model/network/import.ts";
import { OPERATORS } from "../../../../src/numeric/network/operators.ts";
import { runNetwork } from "../../../../src/numeric/network/run.ts";
import type { NetworkNode, Op, Tensor } from "../../../../src/numeric/network/types.ts";
import { openSession } from "../../../../src/numeric/onnx/device.ts";
import { encodeGraph, type Graph, type GraphNode } from "../../../../src/numeric/onnx/graph.ts";
import { baseOf, caseInput, randomPairs } from "../../../helpers/network-bases.ts";

const TINY = 1e-45;
const HUGE = 3e38;
/** Where functions turn, saturate, underflow and overflow. */
const EDGES = [0, -0, TINY, 1e-20, 1e-4, 0.5, 1, 3.9, 6, 9.1, 20, 88.8, 1e4, 1e15, HUGE].flatMap((x) => [
  x,
  -x,
]);
/** For what squares its operand, whose squares overflow in float32 and not in float64. */
const SQUARABLE = EDGES.filter((x) => Math.abs(x) <= 1e15);

interface Edge {
  readonly nodes: readonly GraphNode[];
  readonly rows: readonly (readonly number[])[];
  readonly constants?: Graph["constants"];
  readonly opset?: number;
}

const row = (values: readonly number[]): Edge["rows"] => [values];
const unary = (op: string, values = EDGES): Edge => ({
  nodes: [{ op, inputs: ["x"], output: "out" }],
  rows: row(values),
});
/** The first half of x with the second. */
const pairs = (op: string, values: readonly (readonly [number, number])[]): Edge => ({
  nodes: [
    { op: "Reshape", inputs: ["x", "halves"], output: "t" },
    { op: "MatMul", inputs: ["t", "first"], output: "a" },
    { op: "MatMul", inputs: ["t", "second"], output: "b" },
    { op, inputs: ["a", "b"], output: "c" },
    { op: "Flatten", inputs: ["c"], output: "out" },
  ],
  rows: row(values.flat()),
  constants: [
    { name: "halves", dims: [3], values: BigInt64Array.of(1n, BigInt(values.length), 2n) },
    { name: "first", dims: [2, 1], values: Float32Array.of(1, 0) },
    { name: "second", dims: [2, 1], values: Float32Array.of(0, 1) },
  ],
});
const FEW = [0, TINY, 1e-20, 1, 1e4, 1e20];
const SIGNED = FEW.flatMap((x) => [x, -x]);
const PAIRS = SIGNED.flatMap((a) => SIGNED.map((b) => [a, b] as const));

const number = (name: string, value: number) => ({ name, dims: [], values: Float32Array.of(value) });
const layerNorm: Edge = {
  nodes: [{ op: "LayerNormalization", inputs: ["x", "g"], output: "out", attributes: { axis: -1 } }],
  rows: [
    [0, 0, 0, 0],
    [7, 7, 7, 7],
    [1e-20, -1e-20, 0, 0],
    [1e15, -1e15, 0, 3],
    [1e4, 1e4, 1e4, 10001],
  ],
  constants: [{ name: "g", dims: [4], values: Float32Array.of(1, 1, 2, -1) }],
  opset: 17,
};
const rowsOfFour = [
  [0, 0, 0, 0],
  [HUGE, -HUGE, 0, 1],
  [88, 89, 1000, -1000],
  [-1e4, -1e4, -1e4, -1e4],
  [HUGE, HUGE, HUGE, HUGE],
];

const EDGE_CASES: Readonly<Record<string, Edge>> = {
  Neg: unary("Neg"),
  Abs: unary("Abs"),
  Sign: unary("Sign"),
  Sqrt: unary("Sqrt"),
  Relu: unary("Relu"),
  Tanh: unary("Tanh"),
  Sigmoid: unary("Sigmoid"),
  Erf: unary("Erf"),
  Gelu: { ...unary("Gelu", SQUARABLE), opset: 20 },
  "Max of one": unary("Max"),
  "Max of three": {
    nodes: [{ op: "Max", inputs: ["x", "low", "high"], output: "out" }],
    rows: row(EDGES),
    constants: [number("low", -3), number("high", 4)],
  },
  "Pow of 2": {
    nodes: [{ op: "Pow", inputs: ["x", "two"], output: "out" }],
    rows: row(SQUARABLE),
    constants: [number("two", 2)],
  },
  "Pow of 0.5": {
    nodes: [{ op: "Pow", inputs: ["x", "half"], output: "out" }],
    rows: row(EDGES),
    constants: [number("half", 0.5)],
  },
  Add: pairs("Add", PAIRS),
  Sub: pairs("Sub", PAIRS),
  Mul: pairs("Mul", PAIRS),
  Div: pairs("Div", PAIRS),
  Max: pairs("Max", PAIRS),
  Softmax: {
    nodes: [{ op: "Softmax", inputs: ["x"], output: "out", attributes: { axis: -1 } }],
    rows: rowsOfFour,
  },
  ReduceMean: {
    nodes: [{ op: "ReduceMean", inputs: ["x"], output: "out", attributes: { axes: [1], keepdims: 1 } }],
    rows: [
      [0, -0, 0, -0],
      [1e30, -1e30, 0, 0],
      [TINY, TINY, TINY, TINY],
    ],
  },
  ReduceSum: {
    nodes: [{ op: "ReduceSum", inputs: ["x", "axes"], output: "out", attributes: { keepdims: 1 } }],
    rows: [
      [0, -0, 0, -0],
      [1e30, -1e30, 0, 0],
      [1e-20, 0, 0, 0],
    ],
    constants: [{ name: "axes", dims: [1], values: BigInt64Array.of(1n) }],
  },
  LayerNormalization: layerNorm,
};

/** As float32 has it: a number within rounding, the same infinity, or no number either. */
function assertSame(found: number, expected: number, what: string): void {
  if (Number.isNaN(found) || Number.isNaN(expected)) {
    assert.ok(Number.isNaN(found) && Number.isNaN(expected), `${what}: ${found}, in float64 ${expected}`);
    return;
  }
  const rounded = Math.fround(expected);
  if (found === rounded) return;
  assert.ok(
    Math.abs(found - rounded) <= 2e-6 * (1 + Math.abs(rounded)),
    `${what}: ${found}, in float64 ${expected}`,
  );
}

for (const [name, { nodes, rows, constants = [], opset = 13 }] of Object.entries(EDGE_CASES)) {
  test(`${name} at the edges of its domain: float64 is ONNX Runtime`, async () => {
    const width = rows[0]!.length;
    const graph = encodeGraph({
      name: "edge",
      opset,
      inputs: [{ name: "x", dims: [1, width] }],
      constants,
      nodes,
      outputs: [{ name: "out", dims: [1, "n"] }],
    });
    const input = { name: "x", width };
    const base = makeBase({
      preprocessing: { kind: "numeric", width },
      input,
      output: { name: "out", width },
      graph,
    });
    const network = importNetwork(base);
    const session = await openSession(graph, "cpu");
    for (const values of rows) {
      const x = Float32Array.from(values);
      const found = (await session.run({ x: new OrtTensor("float32", x, [1, width]) })).out!
        .data as Float32Array;
      const own = runNetwork(network, new Map([["x", { dims: [1, width], values: Float64Array.from(x) }]]));
      const expected = own.get(network.output)!.values;
      assert.equal(found.length, expected.length);
      found.forEach((value, i) => {
        assertSame(
          value,
          expected[i]!,
          `${name} of ${values.length === 4 ? values : `entry ${i}, ${values[i]}`}`,
        );
      });
    }
    await session.release();
  });
}

const node = (op: Op, details: Partial<NetworkNode> = {}): NetworkNode => ({
  op,
  inputs: ["a", "b"],
  output: "y",
  source: "y",
  ...details,
});
const tensor = (values: readonly number[]): Tensor => ({
  dims: [1, values.length],
  values: Float64Array.from(values),
});

/** What a one-sided or wrong slope would be taken for at a kink: the derivative that is meant there. */
const KINKS: Partial<Record<Op, number>> = { Abs: 0, Relu: 0, Sqrt: 0 };

for (const op of ["Neg", "Abs", "Sqrt", "Relu", "Tanh", "Sigmoid", "Erf"] as const) {
  test(`${op} at the edges of its domain: the gradient is that of finite differences`, () => {
    const { forward, backward } = OPERATORS[op];
    const at = (x: number): number => forward([tensor([x])], node(op)).values[0]!;
    for (const x of EDGES) {
      if (op === "Sqrt" && x < 0) continue;
      const y = forward([tensor([x])], node(op));
      const [gradient] = backward!(tensor([1]), [tensor([x])], y, node(op), [true]);
      const found = gradient!.values[0]!;
      if (x === 0 && KINKS[op] !== undefined) {
        assert.equal(found + 0, KINKS[op]);
        continue;
      }
      // A step that stays on one side of 0, where there is something to be left.
      const step =
        1e-5 * (op === "Sqrt" || op === "Abs" || op === "Relu" ? Math.abs(x) : Math.max(Math.abs(x), 1));
      const difference = (at(x + step) - at(x - step)) / (2 * step);
      const fits = Math.abs(found - difference) <= 1e-6 * Math.max(1, Math.abs(found));
      assert.ok(fits || Math.abs(x) === TINY, `at ${x}: ${found}, by differences ${difference}`);
      assert.ok(Number.isFinite(found), `at ${x}: ${found}`);
    }
  });
}

for (const op of ["Add", "Sub", "Mul", "Div"] as const) {
  test(`${op} at the edges of its domain: both gradients are those of finite differences`, () => {
    const { forward, backward } = OPERATORS[op];
    const at = (a: number, b: number): number => forward([tensor([a]), tensor([b])], node(op)).values[0]!;
    for (const [a, b] of PAIRS) {
      if (op === "Div" && b === 0) continue;
      const operands = [tensor([a]), tensor([b])];
      const y = forward(operands, node(op));
      const found = backward!(tensor([1]), operands, y, node(op), [true, true]).map(
        (part) => part!.values[0]!,
      );
      const step = (x: number): number => 1e-5 * (op === "Div" ? Math.abs(x) || 1 : Math.max(Math.abs(x), 1));
      const [ha, hb] = [step(a), step(b)];
      const differences = [
        (at(a + ha, b) - at(a - ha, b)) / (2 * ha),
        (at(a, b + hb) - at(a, b - hb)) / (2 * hb),
      ];
      // How large a rounding of y becomes in a difference.
      const noise = [ha, hb].map((h) => (Math.abs(y.values[0]!) * 1e-15) / h);
      found.forEach((value, i) => {
        const fits = Math.abs(value - differences[i]!) <= 1e-6 * Math.max(1, Math.abs(value)) + noise[i]!;
        assert.ok(fits, `by operand ${i} at ${a}, ${b}: ${value}, by differences ${differences[i]}`);
      });
    }
  });
}

test("Softmax of large values: the gradient is that of finite differences", () => {
  const { forward, backward } = OPERATORS.Softmax;
  for (const values of [
    [0, 0, 0, 0],
    [88, 89, 1000, -1000],
    [1e4, 1e4, 1e4 - 1, 0],
    [-1e4, -1e4, -1e4, -1e4],
  ]) {
    const g = tensor([1, -2, 0.5, 3]);
    const loss = (x: readonly number[]): number =>
      forward([tensor(x)], node("Softmax")).values.reduce((sum, p, i) => sum + p * g.values[i]!, 0);
    const y = forward([tensor(values)], node("Softmax"));
    const [gradient] = backward!(g, [tensor(values)], y, node("Softmax"), [true]);
    gradient!.values.forEach((value, i) => {
      const step = 1e-4;
      const [up, down] = [1, -1].map((sign) => loss(values.map((x, j) => (j === i ? x + sign * step : x))));
      assert.ok(Math.abs(value - (up! - down!) / (2 * step)) < 1e-6, `${values}: entry ${i}`);
    });
  }
});

const few = { rows: 3, width: 12 };
const activations = () => {
  const values = Float32Array.from([1, 2, 3].flatMap((seed) => Array.from(caseInput(seed))));
  return {
    ...few,
    offsets: Uint32Array.from([0, 12, 24, 36]),
    columns: Uint32Array.from({ length: 36 }, (_, i) => i % 12),
    values,
  };
};
const zero = { name: "zero", dims: [1], values: new Float32Array(1) };

/** Bases that leave their domain, and the node that does it. */
const WRONG: Readonly<Record<string, { nodes: readonly GraphNode[]; code: string; culprit: RegExp }>> = {
  "the root of a negative number": {
    nodes: [
      { op: "Sqrt", inputs: ["y"], output: "root" },
      { op: "Tanh", inputs: ["root"], output: "out" },
    ],
    code: "TRB_MODEL_OUTPUT",
    culprit: /node root \(Sqrt\) gives NaN/,
  },
  "a number over 0": {
    nodes: [
      { op: "Mul", inputs: ["y", "zero"], output: "nothing" },
      { op: "Div", inputs: ["y", "nothing"], output: "ratio" },
      { op: "Neg", inputs: ["ratio"], output: "out" },
    ],
    code: "TRB_MODEL_OUTPUT",
    culprit: /node ratio \(Div\) gives/,
  },
  "0 over 0": {
    nodes: [
      { op: "Sub", inputs: ["y", "y"], output: "nothing" },
      { op: "Div", inputs: ["nothing", "nothing"], output: "out" },
    ],
    code: "TRB_MODEL_OUTPUT",
    culprit: /node out \(Div\) gives NaN/,
  },
  "a finite answer whose gradient is not": {
    nodes: [
      { op: "Mul", inputs: ["y", "zero"], output: "nothing" },
      { op: "Div", inputs: ["y", "nothing"], output: "ratio" },
      { op: "Tanh", inputs: ["ratio"], output: "out" },
    ],
    code: "TRB_MODEL_GRADIENT",
    culprit: /node ratio \(Div\)/,
  },
};

for (const [what, { nodes, code, culprit }] of Object.entries(WRONG)) {
  test(`${what} under low-rank pairs is an error with the node's name`, () => {
    const base = baseOf({ nodes, constants: [zero] });
    const family = loraFamily(base);
    const expected = (error: { code?: string; details?: string }): boolean => {
      assert.equal(error.code, code, String(error));
      assert.match(error.details ?? "", culprit);
      return true;
    };
    assert.throws(
      () => family.layerGradients(randomPairs(base, 3), activations(), Uint32Array.of(0, 1, 2)),
      expected,
    );
    const datanet = { root: `0x${"5".repeat(64)}`, version: 1 } as const;
    const data = {
      activations: activations(),
      labels: Uint32Array.of(0, 1, 2),
      names: ["a", "b", "c"],
      base: base.digest,
      datanet,
    };
    assert.throws(() => family.fit(data, { seed: 1, ridge: 1e-3, epochs: 2 }), expected);
  });
}
