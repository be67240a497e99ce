import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Hex } from "../../../src/core/hex.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { evaluateModel } from "../../../src/evaluation/run.ts";
import { familyOf } from "../../../src/model/family.ts";
import type { LoraAdapter } from "../../../src/model/types.ts";
import { ensembleDigest } from "../../../src/operations/index/ensemble-digest.ts";
import { ensembleOf } from "../../../src/operations/training/fit-models.ts";
import {
  checkpointEpochs,
  type MemberSource,
  memberSource,
} from "../../../src/operations/training/member-sources.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";
import { toyLoraEvaluation } from "../../helpers/toy-lora.ts";

let toy: Awaited<ReturnType<typeof toyLoraEvaluation>>;
before(async () => {
  toy = await toyLoraEvaluation();
});

const members = (count: number, models = toy.models, from: MemberSource = "seeds") =>
  ensembleOf(toy.data.base, toy.data.training, models, { members: count, from }, () => {});
const digests = (models: readonly { readonly digest: Hex }[]): Hex[] => models.map(({ digest }) => digest);

test("members follow from the rows and the first one, are not alike, and those that are there are kept", () => {
  const three = members(3);
  assert.equal(new Set(digests(three)).size, 3);
  assert.deepEqual(digests(members(2)), digests(three).slice(0, 2));
  const [first, second] = three;
  assert.equal(members(3, [first, second!])[1], second);
  for (const member of three) {
    assert.ok(member.kind === "lora" && first.kind === "lora");
    assert.deepEqual([member.rank, member.schedule], [first.rank, first.schedule]);
    assert.equal(member.report.ridge, first.report.ridge);
  }
});

test("scores of an ensemble of adapters, in the columns of one, predict retraining", async () => {
  const options = {
    ...TOY_OPTIONS,
    subsets: 32,
    members: 2,
    parts: ["lds-rows", "null", "fidelity"] as const,
  };
  const run = { data: toy.data, models: members(2), options, store: memoryStore() };
  const { parts, model } = await evaluateModel(run, () => {});
  assert.equal(model.members, 2);
  const lds = parts["lds-rows"]!.integers.value;
  assert.ok(lds > parts.null!.high + 0.2, `${lds}, shuffled ${parts.null!.high}`);
  assert.ok(parts.fidelity!.spearman.median > 0.98, "the graph traces both members as float64 does");
});

test("softmax heads are members where they saw other halves of the rows, and are refused otherwise", async () => {
  const { data, models } = await toyEvaluation();
  const heads = (from: MemberSource) =>
    ensembleOf(data.base, data.training, models, { members: 3, from }, () => {});
  assert.throws(() => heads("seeds"), { code: "TRB_TRAINING_CONVEX_MEMBERS" });
  assert.throws(() => heads("checkpoints"), { code: "TRB_TRAINING_NO_CHECKPOINTS" });
  assert.equal(new Set(digests(heads("halves"))).size, 3);
});

test("halves are of half of the rows, each drawn anew, and say which", () => {
  const three = members(3, toy.models, "halves");
  const parts = three.map(({ report }) => report.part);
  assert.equal(parts[0], undefined);
  assert.deepEqual(
    three.slice(1).map(({ report }) => report.rows),
    [100, 100],
  );
  const [, a, b] = parts;
  assert.ok(a?.kind === "half" && b?.kind === "half" && a.of === 200 && a.drawn !== b.drawn);
  assert.equal(memberSource(three.slice(1)), "halves");
  assert.deepEqual(digests(members(2, toy.models, "halves")), digests(three).slice(0, 2));
});

test("a checkpoint is the first one's own training, stopped: after the last epoch it would be the first one", () => {
  const { base, training } = toy.data;
  const [first] = toy.models;
  const { seed, ridge } = first.report;
  const again = (stopAfter: number) =>
    familyOf("lora", base).fit(training, { seed, ridge, like: first, stopAfter });
  assert.equal(again(15).digest, first.digest);
  const [, second] = members(2, toy.models, "checkpoints");
  assert.deepEqual(second!.report.part, { kind: "checkpoint", epoch: 8 });
  assert.ok(second!.kind === "lora");
  assert.deepEqual(second!.weights, (again(8) as LoraAdapter).weights);
  assert.throws(() => members(16, toy.models, "checkpoints"), { code: "TRB_TRAINING_FEW_CHECKPOINTS" });
});

test("checkpoints halve what is between them, whatever their number", () => {
  assert.deepEqual(checkpointEpochs(20, 7), [10, 5, 15, 3, 13, 8, 18]);
  assert.deepEqual(checkpointEpochs(20, 3), [10, 5, 15]);
  for (const epochs of [1, 2, 3, 7, 15, 20, 64]) {
    const all = checkpointEpochs(epochs, 63).toSorted((a, b) => a - b);
    assert.deepEqual(
      all,
      Array.from({ length: epochs - 1 }, (_, e) => e + 1),
    );
  }
});

test("one digest binds all members in their order; that of one model is its own", () => {
  const [one, two] = [1, 2].map((n): Hex => `0x${String(n).padStart(64, "0")}`) as [Hex, Hex];
  assert.equal(ensembleDigest([one]), one);
  // printf 'tributary-ensemble\n0x%064d\n0x%064d' 1 2 | openssl dgst -sha256
  const both = "0x6db4ae44b25406206b1a044b87f6ceba48aef24996c976b60eb00094c4eeca82";
  assert.equal(ensembleDigest([one, two]), both);
  assert.notEqual(ensembleDigest([two, one]), both);
});
