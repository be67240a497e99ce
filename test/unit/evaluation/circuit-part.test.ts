import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import {
  accepts,
  type CircuitBatch,
  changedValues,
  circuitBatch,
  inputOf,
  type Values,
} from "../../../src/evaluation/circuit-values.ts";
import { gatesOf } from "../../../src/evaluation/gates.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { circuit } from "../../../src/evaluation/parts/circuit.ts";
import { openSetup, type Setup } from "../../../src/evaluation/setup.ts";
import { chooseBackend } from "../../../src/proof/choose-backend.ts";
import { artifactPaths } from "../../../src/proof/keys.ts";
import { noiseIndex, noiseTraces } from "../../helpers/batch.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let setup: Setup;
let batch: CircuitBatch;
let judge: (values: Values) => Promise<boolean>;

before(async () => {
  const toy = await toyEvaluation();
  const { features, activations, labels } = toy.data.queries;
  // One batch of the mini tier, with an empty slot.
  const data = { ...toy.data, queries: { features: features.slice(0, 3), activations, labels } };
  setup = openSetup({ ...toy, data, options: TOY_OPTIONS, store: memoryStore(), code: "" }, () => {});
  batch = circuitBatch(noiseIndex("mini", 12), noiseTraces("mini", 3));
  const hash = await loadHashChain();
  const { wasm, r1cs } = artifactPaths("mini");
  const backend = chooseBackend();
  judge = (values) => accepts(() => backend.witness(wasm, inputOf(batch, values, hash), { r1csPath: r1cs }));
});
after(() => setup.close());

test("the circuit accepts the reference's values", async () => {
  assert.equal(await judge(batch.values), true);
});

test("each value is changed once, by one, and the split follows its scores", () => {
  const { scores, split } = batch.values;
  const all = [...changedValues(batch)];
  assert.equal(all.length, 3 * 16 + 16 + 1);
  const numbers = ({ scores: some, split: { payouts, unattributed } }: Values): bigint[] => [
    ...some.flatMap((row) => Array.from(row, BigInt)),
    ...payouts,
    unattributed,
  ];
  const own = numbers(batch.values);
  all.forEach((values, i) => {
    const moved = numbers(values)[i]! - own[i]!;
    assert.ok(moved === 1n || moved === -1n, `value ${i}`);
    assert.equal(
      values.scores.flatMap((row, q) => [...row].filter((s, c) => s !== scores[q]![c])).length,
      Number(i < 48),
    );
    if (i >= 48) assert.notDeepEqual(values.split, split);
    else
      assert.deepEqual(
        values.split,
        splitPools(
          values.scores,
          batch.traces.map(({ pool }) => pool),
        ),
      );
  });
});

test("another failure than a refusal is not taken for one", async () => {
  await assert.rejects(
    accepts(() => Promise.reject(new Error("disk"))),
    /disk/,
  );
});

test("real traces: every value of the reference is the circuit's, and a gate of the table", async () => {
  const result = await circuit(setup);
  assert.deepEqual([result.traces, result.values, result.equal.value], [3, 3 * 16 + 16 + 1, 1]);
  const gate = (equal: number) =>
    gatesOf(
      { circuit: { ...result, equal: { ...result.equal, value: equal } } },
      { kind: "mlp", members: 10 },
    ).find(({ id }) => id === "circuit")!;
  assert.equal(gate(1).passed, true);
  assert.equal(gate(0.9999).passed, false);
});
