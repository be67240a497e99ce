import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { GATED_ATTACKS } from "../../../src/evaluation/attacks/run.ts";
import { gatesOf } from "../../../src/evaluation/gates.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { attacks, drawMarket } from "../../../src/evaluation/parts/attacks.ts";
import { openSetup, type Setup } from "../../../src/evaluation/setup.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let toy: Awaited<ReturnType<typeof toyEvaluation>>;
let setup: Setup;

before(async () => {
  toy = await toyEvaluation();
  setup = openSetup({ ...toy, options: TOY_OPTIONS, store: memoryStore(), code: "" }, () => {});
});
after(() => setup.close());

test("a market has whole contributors, each with its own rows, and enough of them", () => {
  const { data } = toy;
  // Fifteen times as many rows, so that not all of them are taken.
  const times = Array.from({ length: 15 });
  const many = {
    ...data,
    features: times.flatMap(() => [...data.features]),
    owners: Uint32Array.from(times.flatMap(() => [...data.owners])),
    training: { ...data.training, labels: Uint32Array.from(times.flatMap(() => [...data.training.labels])) },
  };
  const { rows, positions } = drawMarket(many, 3);
  const counts = (owners: Uint32Array, n: number): number[] =>
    Array.from({ length: n }, (_, c) => owners.filter((owner) => owner === c).length);
  assert.ok(positions > 3 && positions < data.assigned, `${positions} contributors`);
  const own = counts(many.owners, data.assigned);
  const drawn = counts(rows.owners, positions);
  assert.ok(rows.labels.length >= 1500 && rows.labels.length - drawn.at(-1)! < 1500);
  for (const count of drawn) assert.ok(own.includes(count));
  rows.features.forEach((features, i) => {
    const at = data.features.indexOf(features);
    assert.equal(rows.labels[i], data.training.labels[at]);
  });
  assert.notDeepEqual(drawMarket(many, 4).rows.owners, rows.owners);
});

test("gains are rows of the gate table, and switched-off defences let copies gain", async () => {
  const result = (await attacks(setup))!;
  assert.deepEqual(
    result.results.map(({ attack }) => attack),
    GATED_ATTACKS,
  );
  const gates = gatesOf({ attacks: result }, { kind: "linear", members: 1 });
  for (const { attack, defended, limit, passed } of result.results) {
    const gate = gates.find(({ id }) => id === attack)!;
    assert.equal(gate.value, defended.share.value);
    assert.deepEqual(gate.interval, defended.share.overQueries);
    assert.deepEqual([gate.limit.value, gate.passed], [limit, passed]);
  }
  const method = { ...TOY_OPTIONS.method, nearDuplicates: "off" } as const;
  const open = (await attacks({ ...setup, options: { ...TOY_OPTIONS, method } }))!;
  const copies = gatesOf({ attacks: open }, { kind: "linear", members: 1 }).find(
    ({ id }) => id === "copies",
  )!;
  assert.equal(copies.passed, false);
});
