import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { memoryStore, type OutcomeStore, outcomeStore } from "../../../src/evaluation/outcome-store.ts";
import type { Evaluation } from "../../../src/evaluation/results.ts";
import { evaluateModel } from "../../../src/evaluation/run.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let toy: Awaited<ReturnType<typeof toyEvaluation>>;
let whole: Evaluation;

const run = (store: OutcomeStore, workers = 1): Promise<Evaluation> =>
  evaluateModel({ ...toy, options: { ...TOY_OPTIONS, workers }, store }, () => {});

/** Without the times, which are never the same. */
const numbers = ({ seconds: _, ...rest }: Evaluation): unknown => rest;

/** A store that counts what is trained, and dies at the given count as a killed process would. */
function counting(store: OutcomeStore, dieAt = Number.POSITIVE_INFINITY) {
  let written = 0;
  return {
    written: () => written,
    read: store.read,
    write: (key: string, outcome: Float64Array) => {
      if (written >= dieAt) throw new Error("killed");
      written++;
      store.write(key, outcome);
    },
  };
}

before(async () => {
  toy = await toyEvaluation();
  whole = await run(memoryStore());
});

test("scores of a convex model predict its retraining, and every part was measured that was asked for", () => {
  const value = (id: string): number => whole.gates.find((gate) => gate.id === id)!.value!;
  assert.ok(value("lds-rows") > 0.5, `LDS by rows ${value("lds-rows")}`);
  assert.ok(value("lds-contributors") > 0.5, `LDS by contributors ${value("lds-contributors")}`);
  assert.ok(value("loo") > 0.5, `leave-one-out ${value("loo")}`);
  assert.ok(value("mislabel") > 0.7, `wrong labels ${value("mislabel")}`);
  assert.deepEqual(
    whole.gates.filter(({ passed }) => passed === null).map(({ id }) => id),
    ["rows-exact", "copies", "near-duplicates", "outlier", "circuit"],
  );
});

test("the number of threads changes no number", async () => {
  assert.deepEqual(numbers(await run(memoryStore(), 3)), numbers(whole));
});

test("a killed run goes on where it was and ends with the same numbers", async () => {
  const kept = memoryStore();
  await assert.rejects(run(counting(kept, 10)), /killed/);
  const rest = counting(kept);
  assert.deepEqual(numbers(await run(rest)), numbers(whole));
  // 16 halves of rows, 16 of contributors, 12 contributors and 12 rows left out, and the model of all.
  assert.equal(rest.written(), 16 + 16 + 12 + 13 - 10);
  const again = counting(kept);
  await run(again);
  assert.equal(again.written(), 0);
});

test("files of a run are kept by their content: a damaged one is made again, another seed's are others", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tributary-outcomes-"));
  try {
    await run(outcomeStore(folder));
    const files = await readdir(folder);
    assert.equal(files.length, 57);
    await truncate(join(folder, files[0]!), 40);
    const second = counting(outcomeStore(folder));
    assert.deepEqual(numbers(await run(second)), numbers(whole));
    assert.equal(second.written(), 1);
    const other = counting(outcomeStore(folder));
    await evaluateModel(
      { ...toy, options: { ...TOY_OPTIONS, seed: 2, parts: ["lds-rows"] }, store: other },
      () => {},
    );
    assert.equal(other.written(), 16);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a part that was not asked for leaves its gates without a value", async () => {
  const options = { ...TOY_OPTIONS, parts: ["fidelity"] as const };
  const { gates, parts } = await evaluateModel({ ...toy, options, store: memoryStore() }, () => {});
  assert.deepEqual(Object.keys(parts), ["fidelity"]);
  for (const { id, value, passed } of gates) {
    assert.equal(passed === null, value === null);
    assert.equal(value !== null, id.startsWith("fidelity") || id === "variation", id);
  }
});
