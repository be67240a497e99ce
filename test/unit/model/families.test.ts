import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadAdapter, saveAdapter } from "../../../src/model/adapter.ts";
import { makeBase } from "../../../src/model/base.ts";
import { fitScaling, numericBase } from "../../../src/model/built-in.ts";
import { evaluateAdapter } from "../../../src/model/evaluate.ts";
import { familyOf } from "../../../src/model/family.ts";
import { loraFamily } from "../../../src/model/lora/family.ts";
import { parametersOf } from "../../../src/model/mlp/adapter.ts";
import { exportBase } from "../../../src/model/mlp/export.ts";
import { mlpFamily } from "../../../src/model/mlp/family.ts";
import { batchLoss, forward } from "../../../src/model/mlp/network.ts";
import { linearTargets } from "../../../src/model/network/adapted.ts";
import { importNetwork } from "../../../src/model/network/import.ts";
import { openBase } from "../../../src/model/session.ts";
import { trainFamily } from "../../../src/model/train-family.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";
import { TOY_LABELS, TOY_ROOT, toyModel, toyPoints } from "../../helpers/toy-model.ts";

const toy = await toyModel();
after(() => toy.base.close());
const { activations, labels } = toy;
const datanet = { root: TOY_ROOT, version: 1 };
const data = { activations, labels, names: TOY_LABELS, base: toy.base.base.digest, datanet };
const options = { seed: 3, ridge: 1e-3, epochs: 20 };
const mlp = mlpFamily.fit(data, { ...options, hidden: [10, 7] });
const fresh = toyPoints(400, 2);

/** The toy model's base with the perceptron's hidden layers, and rows of it for LoRA. */
const exported = exportBase(toy.base.base, mlp);
const pretrained = makeBase({ preprocessing: toy.base.base.preprocessing, ...exported });
const lora = loraFamily(pretrained);
const opened = await openBase(pretrained);
after(() => opened.close());
const loraData = { ...data, activations: opened.inputs(toy.points), base: pretrained.digest };
const adapted = lora.fit(loraData, options);

test("a perceptron's batch gradient is that of finite differences", () => {
  const parameters = parametersOf(mlp);
  const rows = Uint32Array.of(0, 5, 17, 200);
  const gradient = new Float64Array(parameters.flat.length);
  batchLoss(parameters, activations, labels, rows, gradient);
  for (let j = 0; j < gradient.length; j += 3) {
    const at = (x: number): number =>
      batchLoss(
        { ...parameters, flat: parameters.flat.with(j, x) },
        activations,
        labels,
        rows,
        gradient.slice(),
      );
    const own = parameters.flat[j]!;
    const difference = (at(own + 1e-5) - at(own - 1e-5)) / 2e-5;
    assert.ok(Math.abs(difference - gradient[j]!) < 1e-7, `${j}: ${difference}, ${gradient[j]}`);
  }
});

test("the rows' layer gradients add up to the batch gradient", () => {
  const parameters = parametersOf(mlp);
  const rows = Uint32Array.from(labels.keys());
  const total = new Float64Array(parameters.flat.length);
  batchLoss(parameters, activations, labels, rows, total);
  let at = 0;
  for (const { inputs: x, deltas, outputs } of mlpFamily.layerGradients(mlp, activations, labels)) {
    const sum = new Float64Array((x.width + 1) * outputs);
    for (let i = 0; i < x.rows; i++) {
      for (let c = 0; c < outputs; c++) {
        const delta = deltas[i * outputs + c]!;
        for (let e = x.offsets[i]!; e < x.offsets[i + 1]!; e++)
          sum[x.columns[e]! * outputs + c]! += x.values[e]! * delta;
        sum[x.width * outputs + c]! += delta;
      }
    }
    sum.forEach((value, j) => {
      // Activations above the first layer are rounded to float32.
      assert.ok(Math.abs(value - total[at + j]!) < 1e-5, `${at + j}: ${value}, ${total[at + j]}`);
    });
    at += sum.length;
  }
  assert.equal(at, total.length);
});

for (const [family, training, model] of [
  [mlpFamily, data, mlp],
  [lora, loraData, adapted],
] as const) {
  test(`${family.kind}: the same data, rows and seed give the same bytes; other rows and seeds do not`, () => {
    const fit = (more: object) => family.fit(training, { ...options, like: model, ...more } as never);
    assert.equal(fit({}).digest, model.digest);
    assert.notEqual(fit({ seed: 4 }).digest, model.digest);
    const rows = Uint32Array.from({ length: 200 }, (_, i) => i);
    const half = fit({ rows });
    assert.notEqual(half.digest, model.digest);
    // Rows that are not listed have no say.
    const others = training.labels.map((label, i) => (i < 200 ? label : (label + 1) % 4));
    const again = family.fit({ ...training, labels: others }, { ...options, like: model, rows } as never);
    assert.equal(again.digest, half.digest);
  });

  test(`${family.kind}: it learns, and is read back as it was written`, () => {
    const path = join(mkdtempSync(join(tmpdir(), "tributary-family-")), "it");
    saveAdapter(path, model);
    assert.deepEqual(loadAdapter(path), model);
    const weights = join(path, "head.weights.f32");
    const file = family.kind === "mlp" ? weights : join(path, "lora.0.a.f32");
    const bytes = readFileSync(file);
    bytes[2]! ^= 1;
    writeFileSync(file, bytes);
    assert.throws(() => loadAdapter(path), { code: "TRB_MODEL_FILE_DIGEST" });
  });
}

test("both kinds beat the majority by far on fresh points", async () => {
  const hidden = await toy.base.encode(fresh.points);
  const quality = [
    evaluateAdapter(mlp, { activations: hidden, labels: fresh.labels }),
    evaluateAdapter(adapted, { activations: opened.inputs(fresh.points), labels: fresh.labels }, pretrained),
  ];
  for (const { accuracy } of quality) assert.ok(accuracy > 0.7, `accuracy ${accuracy}`);
});

test("log-probabilities are finite and add up to one", () => {
  const logs = mlpFamily.logProbabilities(mlp, activations);
  for (let i = 0; i < activations.rows; i++) {
    const sum = logs.subarray(4 * i, 4 * i + 4).reduce((total, x) => total + Math.exp(x), 0);
    assert.ok(Math.abs(sum - 1) < 1e-12);
  }
});

test("an exported base gives the perceptron's last hidden layer", async () => {
  const hidden = await Promise.all(fresh.points.slice(0, 5).map((point) => opened.hidden(point)));
  const values = forward(parametersOf(mlp), await toy.base.encode(fresh.points.slice(0, 5))).at(-2)!;
  hidden
    .flatMap((row) => Array.from(row))
    .forEach((value, j) => {
      assert.ok(Math.abs(value - values[j]!) < 1e-6);
    });
  assert.throws(() => exportBase(toy.base.base, toy.adapter), { code: "TRB_MODEL_NO_HIDDEN" });
});

test("LoRA starts at the base: without an epoch's steps B is 0; targets are chosen by name", () => {
  const names = linearTargets(importNetwork(pretrained)).map(({ target }) => target);
  assert.equal(names.length, 2);
  const one = lora.fit(loraData, { ...options, targets: [names[1]!], rank: 3 });
  assert.deepEqual(
    one.pairs.map(({ target, a, b }) => [target, a.length, b.length]),
    [[names[1], 3 * 10, 3 * 7]],
  );
  assert.throws(() => lora.fit(loraData, { ...options, targets: ["nowhere"] }), { code: "TRB_MODEL_TARGET" });
  assert.throws(() => loraFamily(toy.base.base).fit(data, options), { code: "TRB_MODEL_TARGET" });
});

test("λ is chosen on the one fold that is set aside, and the adapter is trained on all rows", () => {
  const model = trainFamily(familyOf("mlp"), data, { seed: 1, epochs: 3 });
  const { tried, ridge, validationAccuracy, validationRows, folds, rows } = model.report;
  assert.deepEqual([rows, validationRows, folds], [300, 100, { of: 3, used: 1 }]);
  assert.ok(tried.length > 2);
  const best = tried.reduce((most, one) => (one.accuracy > most.accuracy ? one : most));
  for (const one of tried.filter((other) => other.ridge > ridge))
    assert.ok(one.accuracy < best.accuracy - best.standardError);
  assert.equal(tried.find((one) => one.ridge === ridge)!.accuracy, validationAccuracy);
});

testOnRealData(
  "a perceptron reads 96 % of optdigits' test digits",
  ["optdigitsTrain", "optdigitsTest"],
  async () => {
    const read = (file: "optdigitsTrain" | "optdigitsTest") => {
      const rows = readFileSync(realData(file), "utf8")
        .split("\n")
        .filter((line) => /^\d/.test(line))
        .map((line) => line.split(",").map(Number));
      return {
        points: rows.map((row) => Float64Array.from(row.slice(0, 64))),
        labels: Uint32Array.from(rows, (row) => row[64]!),
      };
    };
    const [train, held] = [read("optdigitsTrain"), read("optdigitsTest")];
    const base = await openBase(numericBase(fitScaling(train.points)));
    const digits = {
      activations: await base.encode(train.points),
      labels: train.labels,
      names: Array.from({ length: 10 }, (_, digit) => String(digit)),
      base: base.base.digest,
      datanet,
    };
    const model = mlpFamily.fit(digits, { seed: 1, ridge: 1e-4 });
    const { accuracy } = evaluateAdapter(model, {
      activations: await base.encode(held.points),
      labels: held.labels,
    });
    await base.close();
    assert.ok(accuracy >= 0.96, `accuracy ${accuracy}`);
  },
);
