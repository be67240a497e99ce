import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import { headOf } from "../../../src/model/adapter.ts";
import { familyOf } from "../../../src/model/family.ts";
import { adaptedNetwork } from "../../../src/model/network/adapted.ts";
import { probabilities } from "../../../src/model/softmax.ts";
import type { Activations } from "../../../src/model/types.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { sketchRows } from "../../../src/sketch/apply.ts";
import { columnsOf } from "../../../src/sketch/columns.ts";
import { makeSketch } from "../../../src/sketch/store.ts";
import type { Sketch } from "../../../src/sketch/types.ts";
import { certaintyOf } from "../../../src/trace/certainty.ts";
import { openTracer, type TracerParts } from "../../../src/trace/tracer.ts";
import { TOY_LABELS, TOY_WIDTH, toyModel, toyPoints } from "../../helpers/toy-model.ts";

const toy = await toyModel();
const { base, adapter, sketch } = toy;
after(() => base.close());
const quantisation = { columnScales: new Float64Array(TOY_WIDTH).fill(1), minimumNorm: 1e-9 };
const parts: TracerParts = {
  base,
  adapters: [adapter],
  adapted: (one) => adaptedNetwork(one, base.base),
  sketch,
  quantisation,
  score: () => new Int32Array(16),
};
const requests = toyPoints(25, 8).points;

/** The sketched gradient of one row at a label, in float64. */
const reference = (activations: Activations, label: number, by: Sketch): Float64Array =>
  sketchRows([familyOf("linear").layerGradients(adapter, activations, Uint32Array.of(label))], by);

/** u·(largest of z)/127 recovers z within half a step. */
function assertClose(u: Int8Array, z: Float64Array): void {
  const largest = z.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  u.forEach((value, m) => {
    const exact = (z[m]! / largest) * 127;
    assert.ok(Math.abs(value - exact) < 0.501, `column ${m}: ${value}, exactly ${exact}`);
  });
}

test("label, probabilities and gradient are those of the float64 reference", async () => {
  const tracer = await openTracer(parts);
  const head = headOf(adapter);
  for (const request of requests) {
    const { label, labelIndex, probability, probabilities: all, u } = await tracer.infer(request);
    const activations = await base.encode([request]);
    const p = new Float64Array(TOY_LABELS.length);
    probabilities(activations, 0, head, p);
    assert.equal(labelIndex, p.indexOf(Math.max(...p)));
    assert.equal(label, TOY_LABELS[labelIndex]);
    assert.equal(probability, all[labelIndex]);
    all.forEach((value, c) => {
      assert.ok(Math.abs(value - p[c]!) < 1e-6);
    });
    assertClose(u, reference(activations, labelIndex, sketch));
  }
  await tracer.close();
});

test("the gradient is that of finite differences of the served label's loss", async () => {
  const tracer = await openTracer(parts);
  const request = requests[0]!;
  const { labelIndex, u } = await tracer.infer(request);
  const activations = await base.encode([request]);
  const head = headOf(adapter);
  const classes = TOY_LABELS.length;
  const p = new Float64Array(classes);
  const loss = (at: Float64Array): number => {
    probabilities(activations, 0, at, p);
    return -Math.log(p[labelIndex]!);
  };
  const z = new Float64Array(TOY_WIDTH);
  const layer = sketch.layers[0]!;
  layer.inputOf.forEach((input, m) => {
    // Along the column's direction in the space of the parameters.
    const move = (step: number): Float64Array =>
      head.map((value, at) => {
        const j = Math.floor(at / classes);
        const direction =
          layer.input.values[input * layer.input.columns + j]! *
          layer.output.values[layer.outputOf[m]! * classes + (at % classes)]!;
        return value + step * direction;
      });
    z[m] = (loss(move(1e-5)) - loss(move(-1e-5))) / 2e-5;
  });
  assertClose(u, z);
  await tracer.close();
});

test("mixed columns are those of the float64 reference", async () => {
  const random = seededRandom(3);
  const columns = columnsOf(sketch);
  const values = Float32Array.from({ length: 20 * columns }, () => random.normal());
  const { digest: _, ...rest } = sketch;
  const mixed = makeSketch({ ...rest, mix: { rows: 20, columns, values } });
  const tracer = await openTracer({ ...parts, sketch: mixed });
  for (const request of requests.slice(0, 5)) {
    const { labelIndex, u } = await tracer.infer(request);
    const activations = await base.encode([request]);
    const z = reference(activations, labelIndex, mixed);
    assert.ok(z.subarray(20).every((x) => x === 0));
    assertClose(u, z);
  }
  await tracer.close();
});

test("the same integers alone, all at once, in another session and in worker threads", async () => {
  const one = await openTracer(parts);
  const two = await openTracer(parts);
  const expected: number[][] = [];
  for (const request of requests) expected.push(Array.from((await one.infer(request)).u));
  const atOnce = await Promise.all(requests.map((request) => two.infer(request)));
  assert.deepEqual(
    atOnce.map(({ u }) => Array.from(u)),
    expected,
  );
  await Promise.all([one.close(), two.close()]);

  const script = new URL("../../helpers/toy-trace-worker.ts", import.meta.url);
  const answers = await Promise.all(
    [0, 1].map(
      () =>
        new Promise<number[][]>((resolve, reject) => {
          const worker = new Worker(script, { workerData: requests });
          worker.once("message", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  for (const answer of answers) assert.deepEqual(answer, expected);
});

test("parts of different models are refused", async () => {
  const code = "TRB_TRACE_MISMATCH";
  const other = `0x${"0".repeat(64)}` as const;
  await assert.rejects(openTracer({ ...parts, adapters: [{ ...adapter, base: other }] }), { code });
  await assert.rejects(openTracer({ ...parts, sketch: { ...sketch, adapters: [other] } }), { code });
  const narrow = { ...quantisation, columnScales: new Float64Array(5) };
  await assert.rejects(openTracer({ ...parts, quantisation: narrow }), { code });
});

test("a request that does not fit the model is refused, and the next one is served", async () => {
  const tracer = await openTracer(parts);
  await assert.rejects(tracer.infer("text"), { code: "TRB_MODEL_FEATURES" });
  assert.ok(TOY_LABELS.includes((await tracer.infer(requests[0]!)).label));
  await tracer.close();
});

test("answers that are certain in float32 are counted, and so are the traces that are 0 for it", async () => {
  const asked = async (factor: number) => {
    const weights = adapter.weights.map((w) => factor * w);
    const tracer = await openTracer({ ...parts, adapters: [{ ...adapter, weights }] });
    const answers = await Promise.all(requests.map((request) => tracer.infer(request)));
    await tracer.close();
    return certaintyOf(answers);
  };
  assert.deepEqual(await asked(1), { certain: 0, untraced: 0 });
  const { certain, untraced } = await asked(1000);
  assert.ok(certain > 20 && untraced > 10 && untraced <= certain, `${certain} certain, ${untraced} untraced`);
});
