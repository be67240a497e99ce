import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../src/core/random.ts";
import { sliceRows } from "../../../src/model/activations.ts";
import { makeBase } from "../../../src/model/base.ts";
import { familyOf } from "../../../src/model/family.ts";
import { loraFamily } from "../../../src/model/lora/family.ts";
import { exportBase } from "../../../src/model/mlp/export.ts";
import { mlpFamily } from "../../../src/model/mlp/family.ts";
import { adaptedNetwork, networkOf } from "../../../src/model/network/adapted.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Adapter, Base, LayerGradients } from "../../../src/model/types.ts";
import { sketchRows } from "../../../src/sketch/apply.ts";
import { makeSketch } from "../../../src/sketch/store.ts";
import type { Matrix, Sketch } from "../../../src/sketch/types.ts";
import { traceGraphFile } from "../../../src/trace/graph.ts";
import { openTracer } from "../../../src/trace/tracer.ts";
import { baseOf, CASES, caseInput, randomPairs } from "../../helpers/network-bases.ts";
import { TOY_LABELS, toyModel, toyPoints } from "../../helpers/toy-model.ts";

/** Most of the 2 × 3 products of a layer as [output, input]: the graph then computes all of them. */
const MOST: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
];

/** Every layer of every member by random projections, some products of them, mixed once more where `mixed`. */
function randomSketch(
  members: readonly LayerGradients[][],
  adapters: readonly Adapter[],
  mixed: boolean,
  pairs = MOST,
): Sketch {
  const random = seededRandom(5);
  const matrix = (rows: number, columns: number): Matrix => ({
    rows,
    columns,
    values: Float32Array.from({ length: rows * columns }, () => random.normal()),
  });
  const layers = members.flatMap((gradients, member) =>
    gradients.map(({ layer, inputs, outputs, bias }) => ({
      member,
      layer,
      input: matrix(3, inputs.width + (bias ? 1 : 0)),
      output: matrix(2, outputs),
      inputOf: pairs.map(([, input]) => input),
      outputOf: pairs.map(([output]) => output),
    })),
  );
  const columns = pairs.length * layers.length;
  const width = mixed ? 8 : columns;
  return makeSketch({
    method: "random",
    seed: 5,
    width,
    layers,
    ...(mixed && { mix: matrix(width - 1, columns) }),
    adapters: adapters.map(({ digest }) => digest),
  });
}

/** Traces three requests and compares with the float64 families and sketch. */
async function assertTraced(
  base: Base,
  adapters: readonly [Adapter, ...Adapter[]],
  mixed = false,
  pairs = MOST,
): Promise<void> {
  const open = await openBase(base);
  const families = adapters.map(({ kind }) => familyOf(kind, base));
  const requests = [1, 2, 3].map(caseInput);
  const activations = families[0]!.reads === "input" ? open.inputs(requests) : await open.encode(requests);
  const logs = families[0]!.logProbabilities(adapters[0], activations);
  const classes = adapters[0].labels.length;
  const served = Uint32Array.from(requests, (_, i) => {
    const row = logs.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
  const gradients = adapters.map((adapter, member) =>
    families[member]!.layerGradients(adapter, activations, served),
  );
  const sketch = randomSketch(gradients, adapters, mixed, pairs);
  const expected = sketchRows(gradients, sketch);
  const quantisation = { columnScales: new Float64Array(sketch.width).fill(1), minimumNorm: 0 };
  const score = (): Int32Array => new Int32Array(16);
  const tracer = await openTracer({
    base: open,
    adapters,
    adapted: (one) => adaptedNetwork(one, open.base),
    sketch,
    quantisation,
    score,
  });
  for (const [i, request] of requests.entries()) {
    const { labelIndex, probability, gradient } = await tracer.infer(request);
    assert.equal(labelIndex, served[i]);
    assert.ok(Math.abs(Math.log(probability) - logs[i * classes + labelIndex]!) < 1e-5);
    const z = expected.subarray(i * sketch.width, (i + 1) * sketch.width);
    const largest = Math.max(...z.map(Math.abs));
    assert.ok(largest > 1e-6, "there is a gradient to compare");
    gradient.forEach((value, m) => {
      assert.ok(Math.abs(value - z[m]!) < 1e-5 * largest, `column ${m}: ${value}, exactly ${z[m]}`);
    });
  }
  await tracer.close();
  await open.close();
}

for (const [name, one] of Object.entries(CASES)) {
  test(`${name}: the backward nodes give the float64 gradients`, async () => {
    const base = baseOf(one);
    await assertTraced(base, [randomPairs(base, 3)]);
  });
}

test("a mixed sketch of an ensemble: member 0 is served, each member's gradient is at that label", async () => {
  const base = baseOf(CASES["a small transformer"]!);
  await assertTraced(base, [randomPairs(base, 3), randomPairs(base, 4), randomPairs(base, 5)], true);
});

test("a mixed sketch of few products, which are gathered, and of one that is a column twice", async () => {
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
  for (const some of pairs) await assertTraced(base, [randomPairs(base, 3)], true, some);
});

test("a perceptron, and low-rank pairs in a base that was made of one", async () => {
  const toy = await toyModel();
  await toy.base.close();
  const { activations, labels, base: open } = toy;
  const datanet = toy.adapter.datanet;
  const data = { activations, labels, names: TOY_LABELS, base: open.base.digest, datanet };
  const options = { seed: 3, ridge: 1e-3, epochs: 6 };
  const mlp = mlpFamily.fit(data, { ...options, hidden: [10, 7] });
  await assertTraced(open.base, [mlp, mlpFamily.fit(data, { ...options, seed: 4, hidden: [10, 7] })], true);
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
