import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { headOf, loadAdapter, saveAdapter } from "../../../src/model/adapter.ts";
import { loadBase, saveBase } from "../../../src/model/base.ts";
import { evaluateAdapter } from "../../../src/model/evaluate.ts";
import { type HeadObjective, openObjective } from "../../../src/model/objective.ts";
import { ridgeEdge } from "../../../src/model/ridge-choice.ts";
import { trainAdapter } from "../../../src/model/train.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { TOY_LABELS, TOY_ROOT, toyModel, toyPoints } from "../../helpers/toy-model.ts";

const toy = await toyModel();
const data = {
  activations: toy.activations,
  labels: toy.labels,
  names: TOY_LABELS,
  base: toy.base.base.digest,
  datanet: { root: TOY_ROOT, version: 1 },
};
const folder = (): string => join(mkdtempSync(join(tmpdir(), "tributary-model-")), "it");

test("the objective's gradient is that of finite differences", () => {
  const rows = Uint32Array.from({ length: 40 }, (_, i) => 7 * i);
  const examples = { activations: toy.activations, labels: toy.labels, classes: TOY_LABELS.length, rows };
  const random = seededRandom(5);
  const head = headOf(toy.adapter).map((x) => x + 0.3 * random.normal());
  const gradient = new Float64Array(head.length);
  const ignored = new Float64Array(head.length);
  const objective = openObjective(examples);
  objective.evaluate(0.01, head, gradient);
  for (let j = 0; j < head.length; j++) {
    const at = (x: number): number => objective.evaluate(0.01, head.with(j, x), ignored);
    const difference = (at(head[j]! + 1e-5) - at(head[j]! - 1e-5)) / 2e-5;
    assert.ok(Math.abs(difference - gradient[j]!) < 1e-7, `entry ${j}: ${difference}, ${gradient[j]}`);
  }
});

test("helper threads change no bit of the objective or its gradient", () => {
  const rows = Uint32Array.from({ length: toy.activations.rows - 1 }, (_, i) => i);
  const examples = { activations: toy.activations, labels: toy.labels, classes: TOY_LABELS.length, rows };
  const heads = [headOf(toy.adapter), headOf(toy.adapter).map((x) => 3 * x)];
  const evaluate = (objective: HeadObjective) =>
    heads.map((head) => {
      const gradient = new Float64Array(head.length);
      return { value: objective.evaluate(0.01, head, gradient), gradient };
    });
  const alone = openObjective(examples, 0);
  const helped = openObjective(examples, 3);
  try {
    const expected = evaluate(alone);
    assert.notEqual(expected[0]!.value, expected[1]!.value);
    // Helpers take chunks from when they have started, which is at some time in here.
    for (const end = performance.now() + 600; performance.now() < end; ) {
      assert.deepEqual(evaluate(helped), expected);
    }
  } finally {
    helped.close();
  }
});

test("training reaches the minimum, generalises, and gives the same bytes again", async () => {
  const adapter = trainAdapter(data, { seed: 1 });
  assert.ok(adapter.report.decrement <= 1e-6);
  assert.equal(trainAdapter(data, { seed: 1 }).digest, adapter.digest);
  const fresh = toyPoints(400, 2);
  const activations = await toy.base.encode(fresh.points);
  const { accuracy } = evaluateAdapter(adapter, { activations, labels: fresh.labels });
  assert.ok(accuracy > 0.7, `accuracy ${accuracy}`);
  assert.ok(adapter.report.validationAccuracy > 2 * adapter.report.majorityAccuracy);
});

test("the largest λ within one standard error of the best is taken; a given λ is not searched for", () => {
  const { report } = trainAdapter(data, { seed: 1 });
  const best = report.tried.reduce((most, one) => (one.accuracy > most.accuracy ? one : most));
  const least = best.accuracy - best.standardError;
  assert.ok(report.tried.length > 3);
  for (const { ridge, accuracy, standardError } of report.tried) {
    assert.equal(standardError, Math.sqrt((accuracy * (1 - accuracy)) / toy.labels.length));
    if (ridge > report.ridge) assert.ok(accuracy < least, `${ridge} is as good`);
    if (ridge === report.ridge) assert.ok(accuracy >= least);
  }
  // Every row is judged once; the toy's most accurate λ is weaker than the one that is taken.
  assert.deepEqual([report.validationRows, report.folds], [toy.labels.length, { of: 3, used: 3 }]);
  assert.ok(best.ridge < report.ridge, `${best.ridge}, ${report.ridge}`);
  const given = trainAdapter(data, { seed: 1, ridge: 2e-4 }).report;
  assert.equal(given.ridge, 2e-4);
  assert.deepEqual([given.tried.length, given.folds], [1, { of: 3, used: 1 }]);
  assert.equal(ridgeEdge(given), undefined);
});

test("data that nothing can be learnt from is refused", () => {
  const code = "TRB_MODEL_TRAINING_DATA";
  const one = new Uint32Array(data.labels.length);
  assert.throws(() => trainAdapter({ ...data, labels: one }, { seed: 1 }), { code });
  assert.throws(() => trainAdapter({ ...data, labels: data.labels.slice(1) }, { seed: 1 }), { code });
  assert.throws(() => trainAdapter({ ...data, names: TOY_LABELS.slice(1) }, { seed: 1 }), { code });
});

test("base and adapter are read back as they were written", () => {
  const [basePath, adapterPath] = [folder(), folder()];
  saveBase(basePath, toy.base.base);
  saveAdapter(adapterPath, toy.adapter);
  saveAdapter(adapterPath, toy.adapter);
  const base = loadBase(basePath);
  assert.equal(base.digest, toy.base.base.digest);
  assert.deepEqual(Uint8Array.from(base.graph), Uint8Array.from(toy.base.base.graph));
  assert.deepEqual(loadAdapter(adapterPath), toy.adapter);
});

test("a changed byte, a cut manifest and a missing file are refused", () => {
  const path = folder();
  assert.throws(() => loadAdapter(path), { code: "TRB_MODEL_FILE_MISSING" });
  saveAdapter(path, toy.adapter);
  const weights = join(path, "weights.f32");
  const bytes = readFileSync(weights);
  bytes[5]! ^= 1;
  writeFileSync(weights, bytes);
  assert.throws(() => loadAdapter(path), { code: "TRB_MODEL_FILE_DIGEST" });
  const manifest = join(path, "manifest.json");
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.slice(0, 200));
  assert.throws(() => loadAdapter(path), { code: "TRB_MODEL_FILE_MALFORMED" });
  // Of a version before there were folds: it is said that it may be old, and what to do.
  const { body, ...rest } = JSON.parse(text) as { body: { report: { folds?: unknown } } };
  delete body.report.folds;
  writeFileSync(manifest, JSON.stringify({ ...rest, body }));
  assert.throws(
    () => loadAdapter(path),
    (error: { code?: string; details?: string; hint?: string }) => {
      assert.equal(error.code, "TRB_MODEL_FILE_MALFORMED");
      assert.match(error.details ?? "", /report\.folds/);
      assert.match(error.hint ?? "", /another version.*make it again/);
      return true;
    },
  );
});
