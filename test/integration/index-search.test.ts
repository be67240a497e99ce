import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { saveIndex } from "../../src/attribution/store.ts";
import { auditIndex } from "../../src/operations/index/audit-index.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { importToyRows, terminal } from "../helpers/cli-story.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-search-"));
const { dir, run, refusal } = terminal(join(root, "it"));
const workspace = workspaceAt(dir);

before(async () => {
  await importToyRows({ dir, run, refusal }, 150, 6);
  await run("train", "--ridge", "1e-3");
  const search = ["--ridge", "search", "--search-grid", "1e-3,1e-1", "--search-halves", "6"];
  await run("index", "build", ...search, "--search-queries", "15");
});
after(() => rmSync(root, { recursive: true, force: true }));

test("the manifest records each λ with its scores, and the index has the best", () => {
  const { method } = loadIndex(workspace).manifest;
  const { tried, queries, halves, seed } = method.search!;
  assert.deepEqual([queries, halves, seed, tried.length], [15, 6, 1, 2]);
  const [a, b] = tried.map(({ rows, contributors }) => rows + contributors);
  assert.equal(method.ridge, a! >= b! ? 1e-3 : 1e-1);
  assert.equal(readdirSync(workspace.searches).length, 12, "what was trained is kept");
});

test("an auditor rebuilds the index from the recorded λ, and the search where asked to", async () => {
  const plain = await run("index", "audit", "--phi-only");
  assert.deepEqual([plain.search, plain.differences], ["recorded", []]);
  const whole = await run("index", "audit", "--phi-only", "--search");
  assert.deepEqual([whole.search, whole.differences], ["repeated", []]);
});

test("scores that are made up for a λ of one's own are found", async () => {
  const honest = loadIndex(workspace);
  const { method } = honest.manifest;
  const tried = method.search!.tried.map((one) => ({
    ...one,
    rows: one.ridge === method.ridge ? 0.99 : 0.1,
  }));
  const search = { ...method.search!, tried };
  const path = join(workspace.indexes, "1", "index");
  saveIndex(path, { ...honest, manifest: { ...honest.manifest, method: { ...method, search } } });
  const codes = async (again: boolean): Promise<string[]> => {
    const { differences } = await auditIndex(workspace, { phiOnly: true, search: again }, () => {});
    return differences.map(({ code }) => code);
  };
  assert.deepEqual(await codes(false), [], "the record alone is consistent");
  assert.deepEqual(await codes(true), ["TRB_AUDIT_SEARCH"]);
});
