import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { extractArchive } from "../../../src/operations/audit/archive.ts";
import { type AuditedFile, auditFile, fileHolds } from "../../../src/operations/audit/audit-file.ts";
import { exportAudit } from "../../../src/operations/audit/export.ts";
import { loadDataNet } from "../../../src/operations/import.ts";
import { loadTrace, saveTrace } from "../../../src/workspace/traces.ts";
import type { Workspace } from "../../../src/workspace/workspace.ts";
import { importMutant } from "../../helpers/mutant-source.ts";
import { type SettledWorkspace, settledWorkspace } from "../../helpers/settled-workspace.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-audit-file-"));
const path = (name: string): string => join(root, name);
const quiet = (): void => {};
let honest: SettledWorkspace;

before(async () => {
  honest = await settledWorkspace();
  await write(honest.workspace, "honest.audit");
});
after(async () => {
  await honest.close();
  rmSync(root, { recursive: true, force: true });
});

const write = (workspace: Workspace, name: string, indexOnly = false) =>
  exportAudit(workspace, { index: 1, chainId: 31337n, indexId: 1n, indexOnly, out: path(name) });

const audit = (
  name: string,
  chain: SettledWorkspace["chain"] | undefined = honest.chain,
): Promise<AuditedFile> => auditFile(path(name), { chain, skipTraining: true }, quiet);

/** Codes of all that was found to be false. */
const codes = ({ findings, index, batches, bundles }: AuditedFile): string[] => [
  ...new Set(
    [
      ...findings,
      ...(index?.differences ?? []),
      ...batches.flatMap((batch) => [...batch.findings, ...batch.traces.flatMap(({ failures }) => failures)]),
      ...bundles.flatMap((bundle) => bundle.findings),
    ].map(({ code }) => code),
  ),
];

interface Header {
  index: number;
  batches: string[];
  files: { name: string; bytes: number; sha256: string }[];
}

/** An audit file taken apart, and put together again with every length and digest right. */
function taken(name: string): { header: Header; contents: Map<string, Buffer> } {
  const bytes = readFileSync(path(name));
  const end = bytes.indexOf("\n");
  const header = JSON.parse(bytes.toString("utf8", 0, end)) as Header;
  let at = end + 1;
  const contents = new Map<string, Buffer>();
  for (const file of header.files) {
    contents.set(file.name, bytes.subarray(at, at + file.bytes));
    at += file.bytes;
  }
  return { header, contents };
}

function together(name: string, header: Header, contents: ReadonlyMap<string, Buffer>): void {
  const files = Array.from(contents, ([file, bytes]) => ({
    name: file,
    bytes: bytes.length,
    sha256: `0x${createHash("sha256").update(bytes).digest("hex")}`,
  }));
  const line = Buffer.from(`${JSON.stringify({ ...header, files })}\n`);
  writeFileSync(path(name), Buffer.concat([line, ...contents.values()]));
}

test("an auditor from outside finds an honest operator honest, by the file and the chain alone", async () => {
  const audited = await auditFile(path("honest.audit"), { chain: honest.chain }, quiet);
  assert.deepEqual(codes(audited), []);
  assert.ok(fileHolds(audited));
  assert.deepEqual([audited.batches.length, audited.bundles.length, audited.absent], [2, 1, []]);
  assert.equal(audited.index?.registered, 1n);
  const alone = await audit("honest.audit", undefined);
  assert.ok(fileHolds(alone));
});

test("no other secret is in it, and nobody else can read it", async () => {
  const workspace = honest.copy();
  mkdirSync(workspace.keystore, { recursive: true });
  writeFileSync(join(workspace.keystore, "alice.json"), "{}");
  const waiting = loadTrace(workspace, 1n, 3n);
  saveTrace(workspace, { ...waiting, record: { ...waiting.record, number: 4n } });
  await write(workspace, "secrets.audit");
  assert.equal(statSync(path("secrets.audit")).mode & 0o077, 0);
  const { header, contents } = taken("secrets.audit");
  const names = header.files.map(({ name }) => name);
  const folders = new Set(names.map((name) => name.split("/")[0]));
  assert.deepEqual([...folders].sort(), ["batches", "datanet", "index", "model", "proofs", "traces"]);
  assert.deepEqual(
    names.filter((name) => name.startsWith("traces/")),
    ["traces/1-0.json", "traces/1-1.json", "traces/1-2.json", "traces/1-3.json"],
  );
  const { datanet, heldOut } = loadDataNet(workspace);
  const text = Buffer.concat([...contents.values()]).toString("latin1");
  for (const contributor of datanet.contributors) assert.ok(!text.includes(contributor), contributor);
  assert.ok(heldOut.length > 0);
  for (const { features } of heldOut) assert.ok(!text.includes(String((features as Float64Array)[0])));

  await write(workspace, "index-only.audit", true);
  const { header: index } = taken("index-only.audit");
  assert.ok(index.files.every(({ name }) => /^(datanet|index|model)\//.test(name)));
  assert.deepEqual((await audit("index-only.audit")).absent, [...honest.names]);
  await assert.rejects(write(workspace, "index-only.audit"), { code: "TRB_FILE_EXISTS" });
});

test("a changed byte, a missing end and something at the end make a false file", async () => {
  const bytes = readFileSync(path("honest.audit"));
  const changed = (change: (copy: Buffer) => Buffer): void => {
    writeFileSync(path("changed.audit"), change(Buffer.from(bytes)));
  };
  const flipped = (at: number) => (copy: Buffer) => copy.fill(copy[at]! ^ 1, at, at + 1);
  const header = bytes.indexOf("\n");
  const places = [0, header >> 1, header, header + 1, bytes.length >> 1, bytes.length - 1];
  for (const change of [
    ...places.map(flipped),
    (copy: Buffer) => copy.subarray(0, -1),
    (copy: Buffer) => Buffer.concat([copy, Buffer.from("x")]),
    () => Buffer.alloc(0),
  ]) {
    changed(change);
    assert.deepEqual(codes(await audit("changed.audit")), ["TRB_AUDIT_FILE"]);
  }
});

test("an operator who lies, with every digest of the file right, is found", async () => {
  const workspace = honest.copy();
  const trace = loadTrace(workspace, 1n, 0n);
  const signature = `0x${"22".repeat(65)}` as const;
  saveTrace(workspace, { ...trace, receipt: { ...trace.receipt, signature } });
  await write(workspace, "receipt.audit");
  assert.deepEqual(codes(await audit("receipt.audit")), ["TRB_AUDIT_RECEIPT_SIGNATURE"]);

  const { header, contents } = taken("honest.audit");
  const bundle = contents.get("proofs/1-0.json")!.toString("utf8");
  const forged = new Map(contents);
  forged.set(
    "proofs/1-0.json",
    Buffer.from(bundle.replace(/"unattributed":"(\d+)"/, `"unattributed":"1$1"`)),
  );
  together("proof.audit", header, forged);
  assert.ok(codes(await audit("proof.audit")).includes("TRB_VERIFY_PAYOUTS"));

  const rows = contents.get("datanet/rows.jsonl")!.toString("utf8");
  const others = new Map(contents);
  const moved = rows.replace(`"position-1"`, `"position-2"`);
  assert.notEqual(moved, rows);
  others.set("datanet/rows.jsonl", Buffer.from(moved));
  const list = JSON.parse(contents.get("datanet/manifest.json")!.toString("utf8"));
  const digest = createHash("sha256").update(moved).digest("hex");
  list.files["rows.jsonl"] = { bytes: moved.length, sha256: `0x${digest}` };
  others.set("datanet/manifest.json", Buffer.from(JSON.stringify(list)));
  together("rows.audit", header, others);
  assert.ok(codes(await audit("rows.audit")).includes("TRB_DATANET_ROOT_MISMATCH"));
});

test("what is left out is told: a batch that the chain has, a file that an audit needs", async () => {
  const { header, contents } = taken("honest.audit");
  const without = (pattern: RegExp) => new Map([...contents].filter(([name]) => !pattern.test(name)));
  together("fewer.audit", { ...header, batches: ["1-0"] }, without(/1-2|1-3/));
  const fewer = await audit("fewer.audit");
  assert.deepEqual([codes(fewer), fewer.absent], [[], ["1-2"]]);
  for (const pattern of [/^traces\/1-1/, /^index\/1\/commitment/, /^batches\/1-2\.statement/]) {
    together("less.audit", header, without(pattern));
    assert.deepEqual(codes(await audit("less.audit")), ["TRB_AUDIT_FILE"], String(pattern));
  }
});

/** Names that lead out of the folder, hide in it, or belong to something else than an audit. */
const foreign = [
  "../evil.json",
  "datanet/../../evil.json",
  "/tmp/evil.json",
  "datanet/..",
  "datanet/.hidden",
  "index/1/index/../../../../evil",
  "keystore/alice.json",
  "chain.json",
  "index/2/index/phi.i8",
  "proofs/1-0.json/evil",
  "datanet\\..\\evil",
];

test("no name leads out of the auditor's folder", async () => {
  const { header, contents } = taken("honest.audit");
  for (const name of foreign) {
    together("foreign.audit", header, new Map([...contents, [name, Buffer.from("evil")]]));
    assert.deepEqual(codes(await audit("foreign.audit")), ["TRB_AUDIT_FILE"], name);
  }
  assert.ok(!readdirSync(tmpdir()).some((name) => name.startsWith("evil")));
  together("twice.audit", header, contents);
  const line = readFileSync(path("twice.audit")).toString("latin1").split("\n")[0]!;
  const first = JSON.parse(line) as Header;
  const again = { ...first, files: [...first.files, first.files[0]!] };
  const rest = [...contents.values(), contents.get(first.files[0]!.name)!];
  writeFileSync(path("twice.audit"), Buffer.concat([Buffer.from(`${JSON.stringify(again)}\n`), ...rest]));
  assert.deepEqual(codes(await audit("twice.audit")), ["TRB_AUDIT_FILE"]);
});

test("bites: without the pattern of names a file is written outside, without the digests a changed one is taken", async () => {
  const { header, contents } = taken("honest.audit");
  const source = "src/operations/audit/archive.ts";
  type Archive = { extractArchive: typeof extractArchive };
  const anyName = await importMutant<Archive>(source, {
    file: source,
    remove: ".max(200).regex(NAME)",
    insert: "",
  });
  together("foreign.audit", header, new Map([["../evil.json", Buffer.from("evil")], ...contents]));
  mkdirSync(path("inside"));
  anyName.extractArchive(path("foreign.audit"), path("inside"));
  assert.ok(existsSync(path("evil.json")));

  const anyDigest = await importMutant<Archive>(source, {
    file: source,
    remove: "copy(descriptor, position, bytes, target) !== sha256",
    insert: "!copy(descriptor, position, bytes, target)",
  });
  const bytes = readFileSync(path("honest.audit"));
  writeFileSync(path("changed.audit"), bytes.fill(bytes.at(-1)! ^ 1, bytes.length - 1));
  mkdirSync(path("other"));
  assert.throws(() => extractArchive(path("changed.audit"), path("other")), {
    code: "TRB_AUDIT_FILE",
  });
  rmSync(path("other"), { recursive: true });
  mkdirSync(path("other"));
  anyDigest.extractArchive(path("changed.audit"), path("other"));
});
