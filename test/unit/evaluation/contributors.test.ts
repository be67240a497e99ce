import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { METHOD_NAMES } from "../../../src/attribution/methods/types.ts";
import { compareSplits } from "../../../src/evaluation/contributors/compare.ts";
import { leftOutContributors } from "../../../src/evaluation/contributors/left-out.ts";
import { gatesOf } from "../../../src/evaluation/gates.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { leaveOneContributorOut } from "../../../src/evaluation/parts/leave-one-contributor-out.ts";
import { methods } from "../../../src/evaluation/parts/methods.ts";
import { products, stack } from "../../../src/evaluation/products.ts";
import { evaluateModel } from "../../../src/evaluation/run.ts";
import type { Scoring } from "../../../src/evaluation/scoring.ts";
import { openSetup, type Setup } from "../../../src/evaluation/setup.ts";
import { linearFamily } from "../../../src/model/linear-family.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let toy: Awaited<ReturnType<typeof toyEvaluation>>;
let setup: Setup;

before(async () => {
  toy = await toyEvaluation();
  setup = openSetup({ ...toy, options: TOY_OPTIONS, store: memoryStore(), code: "" }, () => {});
});
after(() => setup.close());

/** The log-likelihood that each served label loses without a contributor, by plain gradient descent's own loop over the minimum. */
function changesByHand(): number[][] {
  const { training, owners, assigned, queries } = toy.data;
  const ridge = toy.models[0].report.ridge;
  const fit = (rows: Uint32Array) =>
    linearFamily.logProbabilities(
      linearFamily.fit(training, { seed: 1, ridge, rows, tolerance: 1e-13 }),
      queries.activations,
    );
  const all = Uint32Array.from(owners.keys());
  const full = fit(all);
  const classes = training.names.length;
  const served = Array.from({ length: queries.labels.length }, (_, q) => {
    const own = full.subarray(q * classes, (q + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
  const without = Array.from({ length: assigned }, (_, c) => fit(all.filter((row) => owners[row] !== c)));
  return served.map((label, q) =>
    without.map((left) => full[q * classes + label]! - left[q * classes + label]!),
  );
}

test("what leaving a contributor out does is what training on the others' rows from nothing does", async () => {
  const { contributors, sets, queries, trainings } = await setup.withoutContributors();
  const byHand = changesByHand();
  assert.deepEqual([...contributors], [...Array(12).keys()]);
  assert.deepEqual([sets.length, queries, trainings], [1, 20, 13]);
  byHand.forEach((losses, q) => {
    losses.forEach((loss, c) => {
      const found = sets[0]![q * 12 + c]!;
      assert.ok(
        Math.abs(found - loss) < 1e-5 + 1e-3 * Math.abs(loss),
        `${q}, ${c}: ${found}, by hand ${loss}`,
      );
    });
  });
});

/** Spearman of distinct values by its own formula: 1 − 6·Σd²/(n³ − n). */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const rank = (values: readonly number[], x: number): number => values.filter((y) => y < x).length;
  const squares = a.reduce((sum, x, i) => sum + (rank(a, x) - rank(b, b[i]!)) ** 2, 0);
  return 1 - (6 * squares) / (a.length ** 3 - a.length);
}

test("the numbers are those of the formulas, written down a second time", async () => {
  const scoring = await setup.scoring(setup.width);
  const scores = products(stack(scoring.traces), scoring.phi, setup.width);
  const positions = scores.length / 20;
  const { integers } = await leaveOneContributorOut(setup);
  const byHand = changesByHand();
  const ours = byHand.map((_, q) => Array.from(scores.subarray(q * positions, q * positions + 12)));
  const average = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
  const split = (values: readonly number[]): number[] => {
    const paid = values.map((x) => Math.max(x, 0));
    return paid.map((x) => x / paid.reduce((a, b) => a + b));
  };
  const apart = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x, c) => sum + Math.max(0, x - b[c]!), 0);
  const close = (measured: number, expected: number): void =>
    assert.ok(Math.abs(measured - expected) < 2e-3, `${measured}, by hand ${expected}`);
  const correlations = byHand.map((losses, q) => rankCorrelation(ours[q]!, losses));
  close(integers.spearman.value, average(correlations));
  close(integers.least, Math.min(...correlations));
  close(integers.variation.value, average(byHand.map((losses, q) => apart(split(ours[q]!), split(losses)))));
  const fees = (table: readonly number[][]): number[] =>
    table[0]!.map((_, c) => average(table.map((row) => split(row)[c]!)));
  close(integers.pooledVariation, apart(fees(ours), fees(byHand)));
  const right = byHand.flatMap((losses, q) =>
    losses.map((loss, c) => (loss > 0 === ours[q]![c]! > 0 ? 1 : 0)),
  );
  close(integers.sign.value, average(right));
  assert.deepEqual(integers.nobody, { scores: 0, retraining: 0, both: 0 });
});

test("a request that pays nobody is counted, and is as far as can be from one that pays somebody", () => {
  const scores = Float64Array.of(-1, -2, 3, 1, -1, -2);
  const changes = Float64Array.of(-1, -2, -1, -2, 3, 1);
  const { nobody, variation, pooledVariation } = compareSplits(scores, changes, 3, 1);
  assert.deepEqual(nobody, { scores: 2, retraining: 2, both: 1 });
  assert.equal(variation.value, (0 + 1 + 1) / 3);
  // Both pay the second request's share of one side to the same two, as the third of the other.
  assert.ok(pooledVariation < 1e-12);
});

test("a score of 0 is half right, a change of 0 is not counted, and sizes count where pairs are weighted", () => {
  const { sign, weightedSign } = compareSplits(
    Float64Array.of(1, 0, -1, 5),
    Float64Array.of(6, 1, 1, 0),
    1,
    1,
  );
  assert.equal(sign.value, 1.5 / 3);
  assert.equal(weightedSign, 6.5 / 8);
});

const linear = async (of: Setup) =>
  new Map(
    gatesOf(
      { "leave-one-contributor-out": await leaveOneContributorOut(of) },
      { kind: "linear", members: 1 },
    ).map((gate) => [gate.id, gate]),
  );

/** The same evaluation with a Φ that somebody spoiled. */
const spoiled = (spoil: (phi: Int8Array, width: number) => Int8Array): Setup => ({
  ...setup,
  scoring: async (width): Promise<Scoring> => {
    const scoring = await setup.scoring(width);
    return { ...scoring, phi: spoil(scoring.phi, width) };
  },
});

test("scores of others, of the wrong sign, and ones that only count rows miss the gates", async () => {
  const wrong: Readonly<Record<string, Setup>> = {
    "wrong sign": spoiled((phi) => phi.map((x) => -x)),
    "other contributors": spoiled((phi, width) => {
      const moved = phi.slice();
      for (let c = 0; c < 12; c++)
        moved.set(phi.subarray(((c + 5) % 12) * width, (((c + 5) % 12) + 1) * width), c * width);
      return moved;
    }),
    "rows counted": spoiled((phi, width) => {
      const counts = new Int8Array(phi.length);
      for (const owner of toy.data.owners) counts[owner * width]!++;
      return counts;
    }),
  };
  const good = await linear(setup);
  for (const [name, of] of Object.entries(wrong)) {
    const gates = await linear(of);
    for (const id of ["contributors-spearman", "contributors-variation", "contributors-sign"]) {
      assert.equal(gates.get(id)!.passed, false, `${name}: ${id}`);
      assert.ok(Math.abs(gates.get(id)!.value! - good.get(id)!.value!) > 0.05, `${name}: ${id}`);
    }
  }
  const { integers } = await leaveOneContributorOut(wrong["wrong sign"]!);
  assert.ok(integers.spearman.value < -0.5, `${integers.spearman.value}`);
});

test("every method is held against the same retrainings, and none trains a model", async () => {
  const results = await methods(setup);
  assert.deepEqual(
    results.map(({ name }) => name),
    [
      "influence",
      "influence, the loss alone",
      ...METHOD_NAMES.slice(1),
      "KNN-Shapley, K = 5",
      "number of rows",
    ],
  );
  const of = (name: string) => results.find((one) => one.name === name)!.comparison;
  const { integers } = await leaveOneContributorOut(setup);
  assert.deepEqual(of("influence"), integers);
  for (const { name, comparison } of results)
    if (name !== "influence") assert.notDeepEqual(comparison, integers, name);
  // Rows that are counted are the same for every request, and nobody is ever left unpaid by them.
  assert.deepEqual(of("number of rows").nobody.scores, 0);
  assert.ok(of("number of rows").sign.value < 0.8, `${of("number of rows").sign.value}`);
});

test("a draw of some contributors is of the seed, and of those with rows", () => {
  const owners = Uint32Array.of(0, 0, 2, 3, 4, 4, 5);
  const leaving = { kind: "linear", owners, assigned: 6, repeats: 1 } as const;
  const drawn = (seed: number, most?: number) => [...leftOutContributors({ ...leaving, seed, most })];
  assert.deepEqual(drawn(1), [0, 2, 3, 4, 5]);
  assert.equal(drawn(1, 3).length, 3);
  assert.deepEqual(drawn(1, 3), drawn(1, 3));
  assert.ok([2, 3, 4, 5].some((seed) => String(drawn(seed, 3)) !== String(drawn(1, 3))));
  assert.ok(drawn(2, 4).every((c) => c !== 1));
});

test("the number of left-out contributors is the option's, and only they are trained without", async () => {
  let written = 0;
  const kept = memoryStore();
  const store = {
    read: kept.read,
    write: (key: string, outcome: Float64Array) => {
      written++;
      kept.write(key, outcome);
    },
  };
  const options = { ...TOY_OPTIONS, parts: ["leave-one-contributor-out"] as const, leftOutContributors: 4 };
  const { parts } = await evaluateModel({ ...toy, options, store }, () => {});
  const result = parts["leave-one-contributor-out"]!;
  assert.deepEqual([result.contributors, result.of, result.trainings, written], [4, 12, 5, 5]);
  assert.equal(result.each.length, 20);
});
