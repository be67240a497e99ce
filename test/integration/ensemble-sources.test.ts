import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { loadAdapter, saveAdapter, withReport } from "../../src/model/adapter.ts";
import { auditIndex } from "../../src/operations/index/audit-index.ts";
import { loadModel } from "../../src/operations/training/train.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { importToyRows, terminal } from "../helpers/cli-story.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-members-"));
const { dir, run, refusal } = terminal(join(root, "it"));
const workspace = workspaceAt(dir);
const MLP = ["--kind", "mlp", "--hidden", "8", "--epochs", "6", "--ridge", "1e-3"];

before(() => importToyRows({ dir, run, refusal }, 150, 4));
after(() => rmSync(root, { recursive: true, force: true }));

const codes = async (epoch: number, skipTraining = false): Promise<string[]> => {
  const { differences } = await auditIndex(workspace, { epoch, phiOnly: true, skipTraining }, () => {});
  return differences.map(({ code, details }) => `${code} ${details.slice(0, "member 1".length)}`);
};

test("softmax heads of halves of the rows are trained, indexed, asked by an auditor and trained again", async () => {
  const { others } = await run("train", "--members", "3", "--members-from", "halves");
  assert.equal((others as unknown[]).length, 2);
  await run("index", "build");
  const audit = await run("index", "audit", "--phi-only");
  assert.deepEqual([audit.trained, audit.differences], [3, []]);
  const { model } = await run("evaluate", "--parts", "fidelity", "--out", join(root, "out"));
  const { members, membersFrom } = model as Record<string, unknown>;
  assert.deepEqual([members, membersFrom], [3, "halves"]);
});

test("so are checkpoints of a perceptron's training", async () => {
  await run("train", ...MLP, "--members", "3", "--members-from", "checkpoints");
  const { others } = loadModel(workspace, 2);
  assert.deepEqual(
    others.map(({ report }) => report.part),
    [
      { kind: "checkpoint", epoch: 3 },
      { kind: "checkpoint", epoch: 2 },
    ],
  );
  await run("index", "build");
  assert.deepEqual(await codes(2), []);
  assert.equal(
    await refusal("train", ...MLP, "--members", "9", "--members-from", "checkpoints"),
    "TRB_TRAINING_FEW_CHECKPOINTS",
  );
  assert.equal(
    await refusal("train", "--members", "2", "--members-from", "checkpoints"),
    "TRB_TRAINING_NO_CHECKPOINTS",
  );
});

test("a member that says it is of a half and saw other rows is found, and so is a first one that did", async () => {
  await run("train", ...MLP, "--members", "2", "--members-from", "halves");
  const member = join(workspace.models, "3", "members", "1");
  const honest = loadAdapter(member);
  const { adapter: first } = loadModel(workspace, 3);
  // Other numbers under an honest report: the second one's under the first one's, and the other way round.
  rmSync(member, { recursive: true });
  saveAdapter(member, withReport(first, honest.report));
  await run("index", "build");
  assert.deepEqual(await codes(3), ["TRB_AUDIT_MEMBER member 2"]);
  assert.deepEqual(await codes(3, true), [], "the index itself is what these members give");

  await run("train", ...MLP);
  const alone = join(workspace.models, "4", "adapter");
  const plain = loadAdapter(alone);
  rmSync(alone, { recursive: true });
  saveAdapter(alone, withReport(honest, plain.report));
  await run("index", "build");
  assert.deepEqual(await codes(4), ["TRB_AUDIT_MEMBER member 1"]);
});

test("every index was blinded with a seed of its own", () => {
  const seeds = [1, 2, 3, 4].map((number) =>
    Buffer.from(loadIndex(workspace, number).index.blindingSeed).toString("hex"),
  );
  assert.equal(new Set(seeds).size, 4);
  for (const seed of seeds) assert.equal(seed.length, 64);
});
