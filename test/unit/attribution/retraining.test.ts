import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { buildIndex } from "../../../src/attribution/build.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { headOf } from "../../../src/model/adapter.ts";
import { fitScaling, numericBase } from "../../../src/model/built-in.ts";
import { evaluateAdapter } from "../../../src/model/evaluate.ts";
import { adaptedNetwork } from "../../../src/model/network/adapted.ts";
import { openBase } from "../../../src/model/session.ts";
import { probabilities } from "../../../src/model/softmax.ts";
import { fitHead, trainAdapter } from "../../../src/model/train.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { attributeRows } from "../../../src/operations/attribution/attribute.ts";
import { fitMethod } from "../../../src/operations/attribution/fit.ts";
import { DEFAULT_METHOD } from "../../../src/operations/attribution/options.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { openTracer } from "../../../src/trace/tracer.ts";
import type { Inference } from "../../../src/trace/types.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";

const CONTRIBUTORS = 60;
const SUBSETS = 20;
const REQUESTS = 30;
const NAMES = Array.from({ length: 10 }, (_, digit) => String(digit));
const ROOT = `0x${"6".repeat(64)}` as const;

function readDigits(file: "optdigitsTrain" | "optdigitsTest", most: number) {
  const lines = readFileSync(realData(file), "utf8")
    .split("\n")
    .filter((line) => /^\d/.test(line));
  const rows = lines.slice(0, most).map((line) => line.split(",").map(Number));
  return {
    points: rows.map((row) => Float64Array.from(row.slice(0, 64))),
    labels: Uint32Array.from(rows, (row) => row[64]!),
  };
}

function ranks(values: readonly number[]): number[] {
  const result = new Array<number>(values.length);
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  order.forEach((at, rank) => {
    result[at] = rank;
  });
  return result;
}

/** Spearman's correlation; ties, which real losses do not have, count in their order. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (x.length - 1) / 2;
  const covariance = x.reduce((sum, rank, i) => sum + (rank - middle) * (y[i]! - middle), 0);
  return covariance / x.reduce((sum, rank) => sum + (rank - middle) ** 2, 0);
}

testOnRealData(
  "a linear model of the digits is right 19 times of 20",
  ["optdigitsTrain", "optdigitsTest"],
  async () => {
    const { points, labels } = readDigits("optdigitsTrain", 4000);
    const base = await openBase(numericBase(fitScaling(points)));
    const data = { labels, names: NAMES, base: base.base.digest, datanet: { root: ROOT, version: 1 } };
    const adapter = trainAdapter(
      { ...data, activations: await base.encode(points) },
      { seed: 1, ridge: 3e-5 },
    );
    const tested = readDigits("optdigitsTest", 2000);
    const { accuracy } = evaluateAdapter(adapter, {
      activations: await base.encode(tested.points),
      labels: tested.labels,
    });
    await base.close();
    assert.ok(accuracy >= 0.95, `accuracy ${accuracy}`);
  },
);

testOnRealData(
  "integer scores predict what retraining without contributors does",
  ["optdigitsTrain", "optdigitsTest"],
  async () => {
    const { points, labels } = readDigits("optdigitsTrain", 1200);
    const base = await openBase(numericBase(fitScaling(points)));
    const activations = await base.encode(points);
    const adapter = trainAdapter(
      { activations, labels, names: NAMES, base: base.base.digest, datanet: { root: ROOT, version: 1 } },
      { seed: 1, ridge: 1e-4 },
    );
    const random = seededRandom(4);
    // A contributor draws two digits mostly, so that contributors differ in what they are good for.
    const drawn = Array.from({ length: CONTRIBUTORS }, (_, c) => [c % 10, (3 * c + 1) % 10]);
    const owners = Uint32Array.from(labels, (label) => {
      for (;;) {
        const c = random.integer(CONTRIBUTORS);
        if (drawn[c]!.includes(label) || random.uniform() < 0.05) return c;
      }
    });

    const training = { adapters: [adapter], activations, labels };
    const fitted = fitMethod(training, owners, TIERS.small.width, DEFAULT_METHOD);
    const { sketch } = fitted;
    const { index, manifest } = buildIndex({
      tier: "small",
      ...attributeRows(training, owners, TIERS.small.positions, fitted),
      owners,
      assigned: CONTRIBUTORS,
      datanet: adapter.datanet,
      base: adapter.base,
      adapters: [adapter.digest],
      sketch: sketch.digest,
      method: fitted.record,
      blindingSeed: new Uint8Array(32),
    });
    const quantisation = {
      columnScales: Float64Array.from(manifest.columnScales),
      minimumNorm: manifest.minimumNorm,
    };
    const score = (u: Int8Array): Int32Array => scoreTrace(u, index);
    const tracer = await openTracer({
      base,
      adapters: [adapter],
      adapted: (one) => adaptedNetwork(one, base.base),
      sketch,
      quantisation,
      score,
    });
    const requests = readDigits("optdigitsTest", REQUESTS).points;
    const served: Inference[] = [];
    for (const request of requests) served.push(await tracer.infer(request));
    const asked = await base.encode(requests);

    const subsets = Array.from({ length: SUBSETS }, () =>
      random.permutation(CONTRIBUTORS).slice(0, CONTRIBUTORS / 2),
    );
    const outcomes = subsets.map((subset) => {
      const rows = Uint32Array.from(labels.keys()).filter((i) => subset.includes(owners[i]!));
      const { x } = fitHead(
        { activations, labels, classes: 10, rows },
        adapter.report.ridge,
        headOf(adapter),
        { tolerance: 1e-7 },
      );
      const p = new Float64Array(10);
      return served.map(({ labelIndex }, q) => {
        probabilities(asked, q, x, p);
        return Math.log(p[labelIndex]!);
      });
    });
    const correlations = served.map(({ scores }, q) =>
      spearman(
        subsets.map((subset) => subset.reduce((sum, c) => sum + scores[c]!, 0)),
        outcomes.map((outcome) => outcome[q]!),
      ),
    );
    const lds = correlations.reduce((sum, value) => sum + value, 0) / REQUESTS;
    await tracer.close();
    await base.close();

    assert.ok(lds > 0.8, `linear datamodeling score ${lds}`);

    // Who is paid most holds rows of the served digit.
    for (const { scores, labelIndex } of served) {
      const top = scores.indexOf(Math.max(...scores));
      assert.ok(labels.some((label, i) => label === labelIndex && owners[i] === top));
    }
  },
);
