import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { saveIndex } from "../../src/attribution/store.ts";
import type { BuiltIndex } from "../../src/attribution/types.ts";
import { sha256 } from "../../src/files/artifact.ts";
import { bytesOf } from "../../src/files/typed-bytes.ts";
import { auditIndex } from "../../src/operations/index/audit-index.ts";
import { buildIndex } from "../../src/operations/index/build-index.ts";
import { loadIndex, type StoredIndex } from "../../src/workspace/index-files.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { tributary } from "../helpers/cli.ts";
import { TOY_LABELS, toyPoints } from "../helpers/toy-model.ts";

const dir = mkdtempSync(join(tmpdir(), "tributary-audit-"));
const workspace = workspaceAt(join(dir, "workspace"));
const file = join(dir, "rows.csv");
const { points, labels } = toyPoints(150, 3);
const lines = points.map((row, i) => [...row, TOY_LABELS[labels[i]!], `owner-${i % 5}`].join(","));
writeFileSync(
  file,
  `${[...Array.from({ length: 12 }, (_, j) => `x${j}`), "label", "owner"].join(",")}\n${lines.join("\n")}\n`,
);

const run = (...args: string[]) => tributary([...args, "--dir", workspace.dir, "--json"]);
const columns = ["--features", "0-11", "--label", "label", "--contributor", "owner"];
for (const args of [
  ["datanet", "import", file, ...columns],
  ["train", "--ridge", "1e-3"],
  [
    "index",
    "build",
    "--relatif",
    "--row-cap",
    "90",
    "--position-share",
    "0.4",
    "--candidates",
    "100",
    "--gradient",
    "loss",
  ],
]) {
  const { code, stderr, stdout } = await run(...args);
  assert.equal(code, 0, `${args.join(" ")}: ${stderr}${stdout}`);
}
const honest = loadIndex(workspace);
const path = join(workspace.indexes, "1", "index");
after(() => saveIndex(path, honest));

/** The codes of an audit after the index on disk, with consistent digests, has become another one. */
async function codesAfter(change: Partial<BuiltIndex>): Promise<string[]> {
  saveIndex(path, { ...honest, ...change });
  const { differences } = await auditIndex(workspace, { phiOnly: true }, () => {});
  return differences.map(({ code }) => code.replace("TRB_AUDIT_", ""));
}

function withPhi(stored: StoredIndex, phi: Int8Array): Partial<BuiltIndex> {
  return { index: { ...stored.index, phi }, manifest: { ...stored.manifest, phi: sha256(bytesOf(phi)) } };
}

test("an honest index is rebuilt bit for bit, and so is its commitment: exit code 0", async () => {
  const { code, stdout } = await run("index", "audit");
  assert.equal(code, 0, stdout);
  const { commitment, differences, rows } = JSON.parse(stdout);
  assert.deepEqual({ commitment, differences, rows }, { commitment: true, differences: [], rows: 150 });
});

test("one changed byte of Φ is found, and where: exit code 1", async () => {
  const phi = honest.index.phi.slice();
  phi[2 * 63 + 7]! += phi[2 * 63 + 7]! > 0 ? -1 : 1;
  assert.deepEqual(await codesAfter(withPhi(honest, phi)), ["PHI", "MANIFEST"]);
  const { code, stdout } = await run("index", "audit", "--phi-only");
  assert.equal(code, 1);
  assert.match(stdout, /position 2, column 7/);
});

test("another λ in the manifest is found", async () => {
  const { method } = honest.manifest;
  const codes = await codesAfter({
    manifest: { ...honest.manifest, method: { ...method, ridge: 2 * method.ridge } },
  });
  assert.ok(codes.includes("PHI") && codes.includes("SKETCH"), codes.join());
});

test("another share of the positions in the manifest is found", async () => {
  const { method } = honest.manifest;
  assert.deepEqual([method.positionShare, method.candidates], [0.4, 100], "nothing of this is the default");
  assert.deepEqual([method.gradient, method.order], ["loss", 1], "nor this");
  const codes = await codesAfter({
    manifest: { ...honest.manifest, method: { ...method, positionShare: 0.5 } },
  });
  assert.ok(codes.includes("PHI") && codes.includes("SKETCH"), codes.join());
});

test("a weight that was left out is found", async () => {
  const { method } = honest.manifest;
  const codes = await codesAfter({
    manifest: { ...honest.manifest, method: { ...method, normalise: "none" } },
  });
  assert.ok(codes.includes("PHI") && codes.includes("ROWS"), codes.join());
});

test("a row given to another position is found", async () => {
  const owners = honest.rows.owners.with(9, (honest.rows.owners[9]! + 1) % 5);
  assert.deepEqual(await codesAfter({ rows: { ...honest.rows, owners } }), ["OWNERS"]);
});

test("the influence of a row, changed for explanations, is found", async () => {
  const values = honest.rows.values.with(11 * 63, 5);
  assert.deepEqual(await codesAfter({ rows: { ...honest.rows, values } }), ["ROWS"]);
});

test("another blinding seed gives another commitment", async () => {
  saveIndex(path, { ...honest, index: { ...honest.index, blindingSeed: new Uint8Array(32).fill(1) } });
  const { differences } = await auditIndex(workspace, {}, () => {});
  assert.deepEqual(
    differences.map(({ code }) => code),
    ["TRB_AUDIT_COMMITMENT"],
  );
});

test("an index whose method was fitted to some of the rows is of the first order, and is rebuilt as such", async () => {
  const some = workspaceAt(join(dir, "some"));
  for (const args of [
    ["datanet", "import", file, ...columns],
    ["train", "--ridge", "1e-3"],
  ])
    assert.equal((await tributary([...args, "--dir", some.dir, "--json"])).code, 0);
  await buildIndex(some, { method: { fitRows: 100 } }, () => {});
  const { gradient, order, fitRows } = loadIndex(some).manifest.method;
  assert.deepEqual({ gradient, order, fitRows }, { gradient: "objective", order: 1, fitRows: 100 });
  assert.deepEqual((await auditIndex(some, { phiOnly: true }, () => {})).differences, []);
});
