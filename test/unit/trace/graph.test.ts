import assert from "node:assert/strict";
import { test } from "node:test";
import { sliceRows } from "../../../src/model/activations.ts";
import { makeBase } from "../../../src/model/base.ts";
import { familyOf } from "../../../src/model/family.ts";
import { loraFamily } from "../../../src/model/lora/family.ts";
import { exportBase } from "../../../src/model/mlp/export.ts";
import { mlpFamily } from "../../../src/model/mlp/family.ts";
import { adaptedNetwork, networkOf } from "../../../src/model/network/adapted.ts";
import { openBase } from "../../../src/model/session.ts";
import { sketchRows } from "../../../src/sketch/apply.ts";
import type { Sketch } from "../../../src/sketch/types.ts";
import { traceGraphFile } from "../../../src/trace/graph.ts";
import { openTracer } from "../../../src/trace/tracer.ts";
import { baseOf, CASES, randomPairs } from "../../helpers/network-bases.ts";
import { TOY_LABELS, toyModel, toyPoints } from "../../helpers/toy-model.ts";
import { assertTraced, randomSketch } from "../../helpers/traced.ts";

for (const [name, one] of Object.entries(CASES)) {
  test(`${name}: the backward nodes give the float64 gradients`, async () => {
    const base = baseOf(one);
    await assertTraced(base, [randomPairs(base, 3)]);
  });
}

test("a mixed sketch of an ensemble: member 0 is served, each member's gradient is at that label", async () => {
  const base = baseOf(CASES["a small transformer"]!);
  await assertTraced(base, [randomPairs(base, 3), randomPairs(base, 4), randomPairs(base, 5)], {
    mixed: true,
  });
});

test("a mixed sketch of few products, and of one that is a column twice", async () => {
  const base = baseOf(CASES["a small transformer"]!);
  const pairs = [
    [
      [1, 2],
      [0, 1],
    ],
    [
      [1, 2],
      [0, 1],
      [1, 2],
    ],
  ] as const;
  for (const some of pairs) await assertTraced(base, [randomPairs(base, 3)], { mixed: true, pairs: some });
});

test("a perceptron, and low-rank pairs in a base that was made of one", async () => {
  const toy = await toyModel();
  await toy.base.close();
  const { activations, labels, base: open } = toy;
  const datanet = toy.adapter.datanet;
  const data = { activations, labels, names: TOY_LABELS, base: open.base.digest, datanet };
  const options = { seed: 3, ridge: 1e-3, epochs: 6 };
  const mlp = mlpFamily.fit(data, { ...options, hidden: [10, 7] });
  await assertTraced(open.base, [mlp, mlpFamily.fit(data, { ...options, seed: 4, hidden: [10, 7] })], {
    mixed: true,
  });
  await assertTraced(open.base, [toy.adapter]);

  const base = makeBase({ preprocessing: open.base.preprocessing, ...exportBase(open.base, mlp) });
  const opened = await openBase(base);
  const inputs = opened.inputs(toy.points);
  await opened.close();
  const lora = loraFamily(base).fit({ ...data, activations: inputs, base: base.digest }, options);
  await assertTraced(base, [lora]);
});

test("integers of float32 nodes and of float64 differ in the last place at most, and seldom", async () => {
  const toy = await toyModel();
  const { activations, labels, base } = toy;
  const data = {
    activations,
    labels,
    names: TOY_LABELS,
    base: base.base.digest,
    datanet: toy.adapter.datanet,
  };
  const mlp = mlpFamily.fit(data, { seed: 3, ridge: 1e-3, epochs: 6, hidden: [16] });
  const gradients = mlpFamily.layerGradients(mlp, activations, labels);
  const sketch = randomSketch([gradients], [mlp], true);
  const quantisation = { columnScales: new Float64Array(sketch.width).fill(1), minimumNorm: 0 };
  const score = (): Int32Array => new Int32Array(16);
  const tracer = await openTracer({
    base,
    adapters: [mlp],
    adapted: (one) => adaptedNetwork(one, base.base),
    sketch,
    quantisation,
    score,
  });
  const requests = toyPoints(400, 9).points;
  const asked = await base.encode(requests);
  let differing = 0;
  for (const [i, request] of requests.entries()) {
    const { u, labelIndex } = await tracer.infer(request);
    const row = sliceRows(asked, i, i + 1);
    const z = sketchRows([mlpFamily.layerGradients(mlp, row, Uint32Array.of(labelIndex))], sketch);
    const largest = Math.max(...z.map(Math.abs));
    u.forEach((value, m) => {
      const exact = Math.round((z[m]! / largest) * 127);
      if (value === exact) return;
      differing++;
      assert.equal(Math.abs(value - exact), 1);
    });
  }
  await tracer.close();
  await base.close();
  assert.ok(differing < 5, `${differing} of ${400 * 7} entries`);
});

test("the file depends on shapes and the base only: adapters are inputs of the graph", () => {
  const base = baseOf(CASES["a small transformer"]!);
  const [one, two] = [randomPairs(base, 3), randomPairs(base, 4)];
  const gradients = familyOf("lora", base).layerGradients(
    one,
    {
      rows: 1,
      width: 12,
      offsets: Uint32Array.of(0, 0),
      columns: new Uint32Array(),
      values: new Float32Array(),
    },
    Uint32Array.of(0),
  );
  const sketch = randomSketch([gradients], [one], true);
  assert.deepEqual(
    traceGraphFile([networkOf(one, base)], sketch),
    traceGraphFile([networkOf(two, base)], sketch),
  );
});

test("a trained layer below an operator without a backward pass is refused by the node's name", async () => {
  const zero = { name: "zero", dims: [1], values: new Float32Array(1) };
  const base = baseOf({ nodes: [{ op: "Max", inputs: ["y", "zero"], output: "out" }], constants: [zero] });
  const adapter = randomPairs(base, 3);
  assert.throws(() => traceGraphFile([networkOf(adapter, base)], { layers: [] } as unknown as Sketch), {
    code: "TRB_MODEL_NO_BACKWARD",
    details: "node out (Max)",
  });
  const row = {
    rows: 1,
    width: 12,
    offsets: Uint32Array.of(0, 0),
    columns: new Uint32Array(),
    values: new Float32Array(),
  };
  assert.throws(() => familyOf("lora", base).layerGradients(adapter, row, Uint32Array.of(0)), {
    code: "TRB_MODEL_NO_BACKWARD",
  });
});

for (const name of ["Sqrt of what Relu left", "Abs", "Relu", "Gelu", "Softmax"]) {
  test(`${name} at 0: the backward nodes give the float64 gradients`, async () => {
    const base = baseOf(CASES[name]!);
    await assertTraced(base, [randomPairs(base, 3)], {
      requests: [new Float64Array(12)],
    });
  });
}
