import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { LearningTask } from "../../../src/evaluation/learner.ts";
import { memoryStore, type OutcomeStore } from "../../../src/evaluation/outcome-store.ts";
import type { Evaluation } from "../../../src/evaluation/results.ts";
import { openRetrainer } from "../../../src/evaluation/retrain.ts";
import { evaluateModel } from "../../../src/evaluation/run.ts";
import type { PartName } from "../../../src/evaluation/types.ts";
import { loraFamily } from "../../../src/model/lora/family.ts";
import { linearTargets } from "../../../src/model/network/adapted.ts";
import { importNetwork } from "../../../src/model/network/import.ts";
import { TOY_OPTIONS } from "../../helpers/toy-evaluation.ts";
import { toyLoraEvaluation } from "../../helpers/toy-lora.ts";
import { TOY_ROOT } from "../../helpers/toy-model.ts";

const PARTS: readonly PartName[] = ["lds-rows", "lds-contributors", "mislabel", "null", "fidelity"];

let toy: Awaited<ReturnType<typeof toyLoraEvaluation>>;
let whole: Evaluation;
const kept = memoryStore();

const run = (store: OutcomeStore, more: Partial<typeof TOY_OPTIONS> = {}): Promise<Evaluation> =>
  evaluateModel({ ...toy, options: { ...TOY_OPTIONS, subsets: 32, parts: PARTS, ...more }, store }, () => {});

const numbers = ({ seconds: _, ...rest }: Evaluation): unknown => rest;

before(async () => {
  toy = await toyLoraEvaluation();
  whole = await run(kept);
});

test("scores of low-rank adapters predict their retraining; shuffled ones do not", () => {
  const { "lds-rows": rows, "lds-contributors": paid, null: chance, mislabel } = whole.parts;
  assert.ok(rows!.integers.value > chance!.high + 0.2, `${rows!.integers.value}, shuffled ${chance!.high}`);
  assert.ok(paid!.integers.value > chance!.high + 0.2, `${paid!.integers.value}, shuffled ${chance!.high}`);
  assert.ok(Math.abs(chance!.value) < 0.1, `${chance!.value}`);
  assert.ok(mislabel!.auc.value > 0.6, `${mislabel!.auc.value}`);
});

test("worker threads find the same numbers", async () => {
  assert.deepEqual(numbers(await run(memoryStore(), { workers: 2 })), numbers(whole));
});

test("outcomes are kept for this base and this shape only", async () => {
  const { data, models } = toy;
  const jobs = [{ rows: Uint32Array.from({ length: 100 }, (_, i) => 2 * i), seed: 1 }];
  const task: LearningTask = {
    spec: { kind: "lora", ridge: 1e-2, tolerance: 1e-6 },
    data: data.training,
    model: models[0],
    base: data.base,
    queries: data.queries.activations,
  };
  const store = memoryStore();
  /** Whether an outcome had to be trained. */
  const trains = async (other: Partial<LearningTask>): Promise<boolean> => {
    let written = false;
    const write = (key: string, outcome: Float64Array): void => {
      written = true;
      store.write(key, outcome);
    };
    const options = { workers: 1, store: { read: store.read, write }, code: "" };
    const retrainer = openRetrainer({ ...task, ...other }, options);
    await retrainer.run(jobs, "", () => {});
    return written;
  };
  assert.equal(await trains({}), true);
  assert.equal(await trains({}), false);
  const fit = (shape: object) =>
    loraFamily(data.base).fit(data.training, { seed: 1, ridge: 1e-2, rank: 2, ...shape });
  const [lower] = linearTargets(importNetwork(data.base));
  for (const shape of [{ rank: 3 }, { scale: 1 }, { targets: [lower!.target] }, { epochs: 14 }])
    assert.equal(await trains({ model: fit(shape) }), true, JSON.stringify(shape));
  // Nothing but its digest says that this is another base.
  assert.equal(await trains({ base: { ...data.base, digest: TOY_ROOT } }), true);
});

test("without each contributor two sets are trained, which say how much of either is noise", async () => {
  const options = { parts: ["leave-one-contributor-out"], leftOutContributors: 4, repeats: 2 } as const;
  const { parts, gates } = await run(kept, options);
  const { noise, trainings, contributors, integers } = parts["leave-one-contributor-out"]!;
  // Eight of all rows and two without each contributor, twice.
  assert.deepEqual([contributors, trainings], [4, 2 * (8 + 4 * 2)]);
  const { agreement, ceiling, score } = noise!;
  assert.ok(agreement.value > 0 && agreement.value < 1, `${agreement.value}`);
  assert.equal(ceiling, Math.sqrt(agreement.value));
  assert.notEqual(score.value, integers.spearman.value);
  const gate = gates.find(({ id }) => id === "contributors-spearman")!;
  assert.deepEqual(
    [gate.limit.value, gate.value],
    [0.9, agreement.value >= 0.5 ? score.value / agreement.value : null],
  );
  assert.equal(
    gates.some(({ id }) => id === "contributors-variation"),
    false,
  );
});

test("attacks are measured, and ten copies of a row are held against their gate", async () => {
  const { parts, gates } = await run(kept, { parts: ["attacks"] });
  const [copies] = parts.attacks!.results;
  assert.equal(copies!.attack, "copies");
  assert.ok(copies!.undefended.share.value > copies!.defended.share.value);
  assert.notEqual(gates.find(({ id }) => id === "copies")!.value, null);
});

test("leave-one-out is left out, and refused where nothing else is asked for", async () => {
  const { parts } = await run(kept, { parts: ["loo", "fidelity"] });
  assert.deepEqual(Object.keys(parts), ["fidelity"]);
  for (const part of ["loo", "exact"] as const)
    await assert.rejects(run(kept, { parts: [part] }), { code: "TRB_EVALUATION_NOT_CONVEX" });
});
