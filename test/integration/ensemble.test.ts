import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createPublicClient, http } from "viem";
import { modelRegistryAbi } from "../../src/generated/abis.ts";
import { auditIndex } from "../../src/operations/index/audit-index.ts";
import { ensembleDigest } from "../../src/operations/index/ensemble-digest.ts";
import { loadModel } from "../../src/operations/training/train.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { startChain } from "../helpers/cli.ts";
import { importToyRows, settleStory, terminal } from "../helpers/cli-story.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-ensemble-"));
const { dir, run, refusal } = terminal(join(root, "it"));
const workspace = workspaceAt(dir);
const member = (model: number): string => join(workspace.models, String(model), "members", "1");
const train = (...more: string[]) =>
  run("train", "--kind", "mlp", "--hidden", "8", "--ridge", "1e-3", "--members", "2", ...more);

let chain: Awaited<ReturnType<typeof startChain>>;
let requests: string;
before(async () => {
  chain = await startChain(dir);
  requests = await importToyRows({ dir, run, refusal }, 150, 3);
  await train();
  await settleStory({ dir, run, refusal }, chain.rpc, requests);
});
after(async () => {
  await chain.stop();
  rmSync(root, { recursive: true, force: true });
});

test("both members are in the index, and it is built again with both", async () => {
  const { adapter, others } = loadModel(workspace, 1);
  const { manifest, sketch } = loadIndex(workspace, 1);
  const digests = [adapter.digest, others[0]!.digest];
  assert.notEqual(digests[0], digests[1]);
  assert.deepEqual([manifest.adapters, sketch.adapters], [digests, digests]);
  assert.deepEqual(new Set(sketch.layers.map((layer) => layer.member)), new Set([0, 1]));
  const { commitment, differences } = await run("index", "audit");
  assert.deepEqual([commitment, differences], [true, []]);
});

test("the chain's model is of both members, in their order", async () => {
  const reader = createPublicClient({ transport: http(chain.rpc) });
  const filter = { abi: modelRegistryAbi, eventName: "ModelRegistered", fromBlock: 0n } as const;
  const [registered, ...more] = await reader.getContractEvents(filter);
  assert.equal(more.length, 0);
  const { adapters, base } = loadIndex(workspace, 1).manifest;
  assert.equal(registered!.args.baseDigest, base);
  assert.equal(registered!.args.adapterDigest, ensembleDigest(adapters));
  assert.notEqual(ensembleDigest(adapters), adapters[0]);
});

test("it is evaluated by both members' scores", async () => {
  const { model, gates } = await run("evaluate", "--parts", "fidelity", "--out", join(root, "out"));
  assert.equal((model as { members: number }).members, 2);
  const median = (gates as { id: string; value: number }[]).find(({ id }) => id === "fidelity-median");
  assert.ok(median!.value > 0.95, `${median!.value}`);
});

test("a member that is exchanged is caught: behind an index, and before one is built", async () => {
  await train("--seed", "9");
  const aside = join(root, "member");
  renameSync(member(1), aside);
  renameSync(member(2), member(1));
  renameSync(aside, member(2));
  assert.equal(await refusal("infer", "--index", "1", "--requests", requests), "TRB_TRACE_MISMATCH");
  const { differences: foreign } = await auditIndex(workspace, { epoch: 1 }, () => {});
  assert.deepEqual(
    foreign.map(({ code }) => code),
    ["TRB_AUDIT_OTHER_MODEL"],
  );

  // An index that its maker built over a member which training does not give: nothing but training again tells.
  await run("index", "build", "--model", "2");
  const { differences } = await auditIndex(workspace, { epoch: 2, phiOnly: true }, () => {});
  assert.deepEqual(
    differences.map(({ code }) => code),
    ["TRB_AUDIT_MEMBER"],
  );
});

test("an ensemble of softmax heads, which would all be the same, is refused", async () => {
  assert.equal(await refusal("train", "--members", "2"), "TRB_TRAINING_CONVEX_MEMBERS");
});
