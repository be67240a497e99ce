import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startChain } from "../helpers/cli.ts";
import { importToyRows, settleStory, terminal } from "../helpers/cli-story.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-models-"));
let chain: Awaited<ReturnType<typeof startChain>>;
before(async () => {
  chain = await startChain(join(root, "mlp"));
});
after(async () => {
  await chain.stop();
  rmSync(root, { recursive: true, force: true });
});

const mlp = terminal(join(root, "mlp"));
const base = join(root, "base.onnx");

test("a perceptron is trained, indexed, asked, proven, verified and explained", async () => {
  const requests = await importToyRows(mlp, 150, 1);
  const { kind } = await mlp.run("train", "--kind", "mlp", "--hidden", "12,8", "--ridge", "1e-3");
  assert.equal(kind, "mlp");
  await settleStory(mlp, chain.rpc, requests);
});

test("an auditor gets a file of it, and needs nothing else but the chain", async () => {
  const file = join(root, "it.audit");
  const { batches } = await mlp.run("audit", "export", "--out", file);
  assert.deepEqual(batches, ["1-0"]);
  const auditor = terminal(join(root, "auditor"));
  const chainFlags = ["--rpc", chain.rpc, "--deployment", join(mlp.dir, "chain.json")];
  const audited = await auditor.run("audit", file, ...chainFlags);
  assert.deepEqual([audited.absent, audited.notChecked], [[], []]);
  assert.equal((audited.batches as unknown[]).length, 1);
  assert.ok(!existsSync(auditor.dir), "an audit makes no workspace");
  assert.equal(await auditor.refusal("audit", file, "--rpc", chain.rpc), "TRB_WORKSPACE_NO_CHAIN");
});

test("so are low-rank adapters in that perceptron's layers, trained on the rows of another DataNet", async () => {
  const { input, output } = (await mlp.run("model", "export-base", "--out", base)) as Record<string, string>;
  const lora = terminal(join(root, "lora"));
  const requests = await importToyRows(lora, 120, 5);
  copyFileSync(join(mlp.dir, "chain.json"), join(lora.dir, "chain.json"));
  const onnx = ["--onnx", base, "--input", input!, "--output", output!];
  const { kind } = await lora.run("train", "--kind", "lora", "--rank", "2", "--ridge", "1e-3", ...onnx);
  assert.equal(kind, "lora");
  await settleStory(lora, chain.rpc, requests);
});
