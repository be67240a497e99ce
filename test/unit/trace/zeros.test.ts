import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBase } from "../../../src/model/base.ts";
import { adaptedNetwork, networkOf } from "../../../src/model/network/adapted.ts";
import type { Adapter, Base } from "../../../src/model/types.ts";
import { encodeGraph, type Graph } from "../../../src/numeric/onnx/graph.ts";
import { zeroKeeping } from "../../../src/trace/zeros.ts";
import { randomPairs } from "../../helpers/network-bases.ts";
import { toyTexts } from "../../helpers/toy-texts.ts";
import { assertTraced } from "../../helpers/traced.ts";

const { base, head, mlp, other, exported } = await toyTexts();
/** Ordinary ones, one without n-grams, and one with an n-gram at every place or nearly so. */
const requests = [
  "where is my card",
  "my transfer, my transfer!",
  "?!",
  Array.from({ length: 3000 }, (_, i) => (i * 7919).toString(36)).join(" "),
];

const isSparse = (adapter: Adapter, below: Base): boolean => zeroKeeping(networkOf(adapter, below)).size > 0;

test("hashed texts go in without their zeros: a head, perceptrons and low-rank pairs are those of float64", async () => {
  const pairs = randomPairs(exported, 3);
  for (const [adapter, below] of [
    [head, base],
    [mlp, base],
    [pairs, exported],
  ] as const) {
    assert.ok(isSparse(adapter, below), adapter.kind);
    await assertTraced(below, [adapter], { requests });
  }
  await assertTraced(base, [mlp, other], { requests, mixed: true });
  await assertTraced(exported, [pairs, randomPairs(exported, 4)], { requests, mixed: true });
});

/** A text's counts with something done to all of them, and a product, which low-rank pairs adapt. */
function ownBase(nodes: Graph["nodes"]): Base {
  const { width } = base.input;
  const values = Float32Array.from({ length: width * 4 }, (_, i) => Math.sin(i));
  return makeBase({
    preprocessing: base.preprocessing,
    input: { name: "x", width },
    output: { name: "h", width: 4 },
    graph: encodeGraph({
      name: "own",
      inputs: [{ name: "x", dims: [1, width] }],
      constants: [
        { name: "w", dims: [width, 4], values },
        { name: "half", dims: [1], values: Float32Array.of(0.5) },
        {
          name: "each",
          dims: [width],
          values: Float32Array.from({ length: width }, (_, i) => 1 + i / width),
        },
        { name: "axis", dims: [1], values: BigInt64Array.of(1n) },
      ],
      nodes: [...nodes, { op: "MatMul", inputs: ["y", "w"], output: "h" }],
      outputs: [{ name: "h", dims: [1, 4] }],
    }),
  });
}

test("a graph of one's own that keeps zeros reads a text without them, one that does not reads all places", async () => {
  const CASES: readonly (readonly [sparse: boolean, nodes: Graph["nodes"]])[] = [
    [true, [{ op: "Mul", inputs: ["x", "half"], output: "y" }]],
    [true, [{ op: "Tanh", inputs: ["x"], output: "y" }]],
    // 0 becomes a half.
    [false, [{ op: "Add", inputs: ["x", "half"], output: "y" }]],
    [false, [{ op: "Sigmoid", inputs: ["x"], output: "y" }]],
    // A factor for each place.
    [false, [{ op: "Mul", inputs: ["x", "each"], output: "y" }]],
    [false, [{ op: "Div", inputs: ["x", "each"], output: "y" }]],
    [true, [{ op: "Div", inputs: ["x", "half"], output: "y" }]],
    // A mean depends on how many places there are.
    [
      false,
      [
        { op: "ReduceMean", inputs: ["x"], output: "mean", attributes: { axes: [1], keepdims: 1 } },
        { op: "Mul", inputs: ["x", "mean"], output: "y" },
      ],
    ],
    [
      true,
      [
        { op: "ReduceSum", inputs: ["x", "axis"], output: "sum", attributes: { keepdims: 1 } },
        { op: "Mul", inputs: ["x", "sum"], output: "y" },
      ],
    ],
  ];
  // Long texts make sums that sink the rest in float32.
  const some = requests.slice(0, 2);
  for (const [sparse, nodes] of CASES) {
    const own = ownBase(nodes);
    const pairs = randomPairs(own, 3);
    assert.equal(isSparse(pairs, own), sparse, nodes.at(-1)!.op);
    await assertTraced(own, [pairs], { requests: some });
    // Under a head the base stays a session of its own, whose h has no zeros to leave out.
    const on = { ...head, base: own.digest, width: 4, weights: head.weights.slice(0, 12) };
    assert.equal(adaptedNetwork(on, own).reads, "hidden");
    await assertTraced(own, [on], { requests: some });
  }
});
