import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Hex } from "../../../src/core/statement.ts";
import { ensembleDigest } from "../../../src/pipeline/ensemble-digest.ts";
import { memoryStore } from "../../../src/pipeline/evaluate/outcome-store.ts";
import { evaluateModel } from "../../../src/pipeline/evaluate/run.ts";
import { ensembleOf } from "../../../src/pipeline/fit-models.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";
import { toyLoraEvaluation } from "../../helpers/toy-lora.ts";

let toy: Awaited<ReturnType<typeof toyLoraEvaluation>>;
before(async () => {
  toy = await toyLoraEvaluation();
});

const members = (count: number, from = toy.models) =>
  ensembleOf(toy.data.base, toy.data.training, from, count, () => {});
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

test("an ensemble of softmax heads is refused", async () => {
  const { data, models } = await toyEvaluation();
  assert.throws(() => ensembleOf(data.base, data.training, models, 2, () => {}), {
    code: "TRB_PIPELINE_CONVEX_MEMBERS",
  });
});

test("one digest binds all members in their order; that of one model is its own", () => {
  const [one, two] = [1, 2].map((n): Hex => `0x${String(n).padStart(64, "0")}`) as [Hex, Hex];
  assert.equal(ensembleDigest([one]), one);
  // printf 'tributary-ensemble\n0x%064d\n0x%064d' 1 2 | openssl dgst -sha256
  const both = "0x6db4ae44b25406206b1a044b87f6ceba48aef24996c976b60eb00094c4eeca82";
  assert.equal(ensembleDigest([one, two]), both);
  assert.notEqual(ensembleDigest([two, one]), both);
});
