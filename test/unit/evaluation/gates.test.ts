import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gatesOf } from "../../../src/evaluation/gates.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { fidelity } from "../../../src/evaluation/parts/fidelity.ts";
import { ldsContributors } from "../../../src/evaluation/parts/lds-contributors.ts";
import { ldsRows } from "../../../src/evaluation/parts/lds-rows.ts";
import { leaveOneOut } from "../../../src/evaluation/parts/loo.ts";
import type { Gate, PartResults } from "../../../src/evaluation/results.ts";
import type { Scoring } from "../../../src/evaluation/scoring.ts";
import { openSetup, type Setup } from "../../../src/evaluation/setup.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { auc } from "../../../src/numeric/statistics.ts";
import { gateLines } from "../../../src/report/evaluation/gate-lines.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let setup: Setup;

before(async () => {
  const toy = await toyEvaluation();
  setup = openSetup({ ...toy, options: TOY_OPTIONS, store: memoryStore(), code: "" }, () => {});
});
after(() => setup.close());

/** The same evaluation with scores that somebody spoiled. */
const spoiled = (spoil: (scoring: Scoring) => Partial<Scoring>): Setup => ({
  ...setup,
  scoring: async (width) => {
    const scoring = await setup.scoring(width);
    return { ...scoring, ...spoil(scoring) };
  },
});

const linear = (parts: PartResults): Gate[] => gatesOf(parts, { kind: "linear", members: 1 });
const named = (gates: readonly Gate[], id: string): Gate => gates.find((gate) => gate.id === id)!;

/** The rows of a matrix in another order. */
function shuffleRows<T extends Float32Array | Float64Array | Int8Array>(values: T, width: number): T {
  const result = values.slice() as T;
  const count = values.length / width;
  seededRandom(3)
    .permutation(count)
    .forEach((from, to) => {
      result.set(values.subarray(from * width, (from + 1) * width), to * width);
    });
  return result;
}

test("scores of other rows miss the gates of retraining", async () => {
  const shuffled = spoiled(({ rows, sums, phi, width }) => ({
    rows: shuffleRows(rows, width),
    sums: shuffleRows(sums, width),
    phi: shuffleRows(phi, width),
  }));
  const gates = linear({
    "lds-rows": await ldsRows(shuffled),
    "lds-contributors": await ldsContributors(shuffled),
    loo: await leaveOneOut(shuffled),
  });
  for (const id of ["lds-rows", "lds-contributors", "lds-over-dot", "loo"]) {
    assert.equal(named(gates, id).passed, false, id);
    assert.ok(Math.abs(named(gates, id).value!) < 0.6, id);
  }
});

test("scores with the wrong sign come out negative", async () => {
  const negated = spoiled(({ rows, gradients }) => ({ rows: rows.map((x) => -x), gradients }));
  assert.ok((await ldsRows(negated)).integers.value < -0.5);
  assert.ok((await leaveOneOut(negated)).integers.value < -0.5);
});

test("integers that lost their low bits miss the gates of fidelity", async () => {
  const coarse = spoiled(({ traces, phi }) => ({
    traces: traces.map((u) => u.map((x) => 64 * Math.round(x / 64))),
    phi: phi.map((x) => 64 * Math.round(x / 64)),
  }));
  const good = linear({ fidelity: await fidelity(setup) });
  const gates = linear({ fidelity: await fidelity(coarse), "lds-rows": await ldsRows(coarse) });
  for (const id of ["fidelity-median", "fidelity-low", "variation", "lds-loss-rows"]) {
    assert.equal(named(gates, id).passed, false, id);
  }
  assert.equal(named(good, "variation").passed, true);
});

test("limits are on the right side", () => {
  const measured = (value: number): PartResults => ({
    null: { shuffles: 1, value, low: 0, high: 0 },
    mislabel: { flipped: 1, rows: 10, auc: { value } },
  });
  assert.equal(named(linear(measured(-0.021)), "null").passed, false);
  assert.equal(named(linear(measured(-0.02)), "null").passed, true);
  assert.equal(named(linear(measured(0.95)), "mislabel").passed, true);
  assert.equal(named(linear(measured(0.94)), "mislabel").passed, false);
  const mlp = (members: number, value: number): Gate =>
    named(gatesOf(measured(value), { kind: "mlp", members }), "lds-rows");
  assert.deepEqual([mlp(1, 0).limit.value, mlp(10, 0).limit.value], [0.26, 0.44]);
  assert.equal(auc([0.2, 0.1], [true, false]), 1);
});

test("honest rows that are joined are a gate where it is known that there are no copies", () => {
  const joined = (share?: number) =>
    gatesOf({}, { kind: "linear", members: 1, ...(share !== undefined && { falselyJoined: share }) }).find(
      ({ id }) => id === "joined",
    );
  assert.equal(joined(), undefined);
  assert.deepEqual([joined(0.01)!.passed, joined(0.011)!.passed], [true, false]);
});

test("a noisy model's scores are held against what two sets of retrainings agree on, where they agree on something", () => {
  const value = { value: 0 };
  const split = {
    ...{ spearman: value, least: 0, variation: value, pooledVariation: 0, sign: value, weightedSign: 0 },
    nobody: { scores: 0, retraining: 0, both: 0 },
  };
  const gateAt = (agreement: number, score: number): Gate => {
    const noise = { agreement: { value: agreement }, ceiling: Math.sqrt(agreement), score: { value: score } };
    const counts = { contributors: 4, of: 4, trainings: 48, each: [] };
    const part = { ...counts, integers: split, float: split, noise };
    const gates = gatesOf({ "leave-one-contributor-out": part }, { kind: "mlp", members: 1 });
    return named(gates, "contributors-spearman");
  };
  assert.deepEqual([gateAt(0.8, 0.73).passed, gateAt(0.8, 0.71).passed], [true, false]);
  // Two sets that are all noise would be met by any score.
  assert.deepEqual(
    [gateAt(0.04, 0.12).value, gateAt(0.49, 0.9).value, gateAt(-0.5, -0.6).passed],
    [null, null, null],
  );
});

test("the table says what was not measured", () => {
  const lines = gateLines(linear({})).split("\n");
  assert.ok(lines.length > 10);
  for (const line of lines.slice(1)) assert.match(line, /^not measured/);
});
