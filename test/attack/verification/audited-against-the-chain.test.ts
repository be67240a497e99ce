import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { privateKeyToAccount } from "viem/accounts";
import { writeG1 } from "../../../src/crypto/codecs.ts";
import { readText, writeJson } from "../../../src/files/disk.ts";
import { auditBatches, batchHolds } from "../../../src/operations/audit/batches.ts";
import { chainFacts } from "../../../src/operations/chain-facts.ts";
import { explainPayments } from "../../../src/operations/explain/run.ts";
import { auditIndex } from "../../../src/operations/index/audit-index.ts";
import { buildIndex } from "../../../src/operations/index/build-index.ts";
import { proveBatches } from "../../../src/operations/proving/prove.ts";
import type { Statement } from "../../../src/protocol/statement.ts";
import { type Receipt, signReceipt } from "../../../src/settlement/receipt.ts";
import { saveSketch } from "../../../src/sketch/store.ts";
import { bundlePath, loadBatch, saveBatch } from "../../../src/workspace/batches.ts";
import { loadIndex } from "../../../src/workspace/index-files.ts";
import { loadTrace, saveTrace } from "../../../src/workspace/traces.ts";
import type { Workspace } from "../../../src/workspace/workspace.ts";
import { importMutant } from "../../helpers/mutant-source.ts";
import { type SettledWorkspace, settledWorkspace } from "../../helpers/settled-workspace.ts";
import { g1 } from "../../helpers/trapdoor.ts";

type Audit = typeof auditBatches;

let honest: SettledWorkspace;
const quiet = (): void => {};
const stranger = privateKeyToAccount(`0x${"11".repeat(32)}`);

before(async () => {
  honest = await settledWorkspace();
});
after(() => honest.close());

/** Codes of all that an audit of the settled batch finds, without repetition. */
async function found(workspace: Workspace, audit: Audit = auditBatches): Promise<string[]> {
  const [batch] = await audit(workspace, { names: [honest.names[0]], chain: honest.chain }, quiet);
  const { findings, traces } = batch!;
  const codes = [...findings, ...traces.flatMap(({ failures }) => failures)].map(({ code }) => code);
  return [...new Set(codes.map((code) => code.replace("TRB_AUDIT_", "")))];
}

/** The settled batch's statement, changed in a copy of the workspace. */
function withStatement(change: Partial<Statement>): Workspace {
  const workspace = honest.copy();
  const { statement, record } = loadBatch(workspace, honest.names[0]);
  saveBatch(workspace, { ...statement, ...change }, record);
  return workspace;
}

/** The first payment's receipt, signed again by whoever it names, or by its operator with a key that is not his. */
async function withReceipt(change: Partial<Receipt>, signature?: `0x${string}`): Promise<Workspace> {
  const workspace = honest.copy();
  const trace = loadTrace(workspace, 1n, 0n);
  const receipt = { ...trace.receipt.receipt, ...change };
  const { chainId, contracts } = honest.deployment;
  const domain = { chainId, treasury: contracts.treasury };
  const signed =
    signature === undefined
      ? await signReceipt(stranger, domain, { ...receipt, operator: stranger.address })
      : { receipt, signature };
  saveTrace(workspace, { ...trace, receipt: signed });
  return workspace;
}

test("an honest workspace holds, settled and waiting, and says what became of its batches", async () => {
  const audited = await auditBatches(honest.workspace, { names: honest.names, chain: honest.chain }, quiet);
  assert.ok(audited.every(batchHolds), JSON.stringify(audited.map(({ findings }) => findings)));
  assert.deepEqual(
    audited.map(({ status }) => status),
    ["settled", "pending"],
  );
  const registered = { chain: honest.chain, indexId: 1n };
  const { differences } = await auditIndex(honest.workspace, { skipTraining: true, registered }, quiet);
  assert.deepEqual(differences, []);
});

const statements: Readonly<Record<string, Partial<Statement>>> = {
  "other pools": { pools: [9_000_000n, 1n] },
  "another settlement contract": { settlement: `0x${"5e".repeat(20)}` },
  "another C_Φ": { indexCommitment: g1(5n) },
  "another chain": { chainId: 1n },
  "more positions": { positions: 6 },
  "a batch that was never committed": { batchKey: `0x${"77".repeat(32)}` },
};

for (const [what, change] of Object.entries(statements)) {
  test(`a batch with ${what} is not the committed one`, async () => {
    assert.ok((await found(withStatement(change))).includes("BATCH"));
  });
}

test("another batch's statement under this one's name is found without a chain", async () => {
  const workspace = honest.copy();
  const { record } = loadBatch(workspace, honest.names[0]);
  const { statement } = loadBatch(workspace, honest.names[1]);
  const path = (suffix: string) => join(workspace.batches, `${honest.names[0]}${suffix}`);
  writeFileSync(
    path(".statement.json"),
    readFileSync(join(workspace.batches, `${honest.names[1]}.statement.json`)),
  );
  assert.ok(statement.n0 > 0n && record.epoch === 1);
  const [batch] = await auditBatches(workspace, { names: [honest.names[0]] }, quiet);
  assert.deepEqual(
    batch!.findings.map(({ code }) => code),
    ["TRB_AUDIT_BATCH"],
  );
});

test("receipts of other payments, of strangers, from before the index, and unsigned ones are found", async () => {
  const { signature } = loadTrace(honest.workspace, 1n, 0n).receipt;
  assert.deepEqual(await found(await withReceipt({ fee: 1n }, signature)), ["RECEIPT", "RECEIPT_SIGNATURE"]);
  assert.deepEqual(await found(await withReceipt({}, `0x${"22".repeat(65)}`)), ["RECEIPT_SIGNATURE"]);
  assert.deepEqual(await found(await withReceipt({})), ["RECEIPT_OPERATOR"]);
  assert.deepEqual(await found(await withReceipt({ servedAt: 1_000_000_000n })), [
    "RECEIPT_TIME",
    "RECEIPT_OPERATOR",
  ]);
});

test("an index that was not registered is found, though it is what its data give", async () => {
  const workspace = honest.copy();
  rmSync(join(workspace.indexes, "1"), { recursive: true });
  await buildIndex(workspace, { method: { seed: 9 } }, quiet);
  const registered = { chain: honest.chain, indexId: 1n };
  const { differences } = await auditIndex(workspace, { skipTraining: true, registered }, quiet);
  assert.deepEqual(
    differences.map(({ code }) => code),
    ["COMMITMENT", "COMMITMENT", "DIGEST"].map((what) => `TRB_AUDIT_REGISTERED_${what}`),
  );
  const codes = await found(workspace);
  assert.ok(codes.includes("REGISTERED_DIGEST") && codes.includes("BATCH"), codes.join());
});

test("C_Φ of another index, in batch and index alike, and another key are found", async () => {
  const workspace = withStatement({ indexCommitment: g1(5n) });
  writeJson(join(workspace.indexes, "1/commitment.json"), { commitment: writeG1(g1(5n)) });
  const codes = await found(workspace);
  assert.ok(codes.includes("REGISTERED_COMMITMENT") && codes.includes("BATCH"), codes.join());
  const chain = { ...honest.chain, keyDigest: async () => `0x${"00".repeat(32)}` as const };
  const [batch] = await auditBatches(honest.workspace, { names: [honest.names[0]], chain }, quiet);
  assert.deepEqual(
    batch!.findings.map(({ code }) => code),
    ["TRB_AUDIT_REGISTERED_KEY"],
  );
});

/** Changes one byte in the middle of a file. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}

test("a file that was changed is a finding, not an error", async () => {
  const edited = (change: (workspace: Workspace) => void): Workspace => {
    const workspace = honest.copy();
    change(workspace);
    return workspace;
  };
  const cases: readonly [string, Workspace][] = [
    ["ATTRIBUTION_FILE_DIGEST", edited(({ indexes }) => flip(join(indexes, "1/index/phi.i8")))],
    ["SKETCH_FILE_DIGEST", edited(({ indexes }) => flip(join(indexes, "1/sketch/input-0.f32")))],
    ["VERIFY_EXPECTATION", edited(({ batches }) => writeFileSync(join(batches, "1-0.statement.json"), "{"))],
    ["FILE_MALFORMED", edited(({ batches }) => writeFileSync(join(batches, "1-0.json"), "{}"))],
    ["FILE_MALFORMED", edited(({ traces }) => writeFileSync(join(traces, "1-1.json"), "[]"))],
    ["FILE_MALFORMED", edited(({ models }) => writeFileSync(join(models, "1/evaluation.json"), ""))],
  ];
  for (const [code, workspace] of cases) assert.deepEqual(await found(workspace), [`TRB_${code}`], code);
  const [, damaged] = cases[0]!;
  const { differences } = await auditIndex(damaged, {}, quiet);
  assert.deepEqual(
    differences.map(({ code }) => code),
    ["TRB_ATTRIBUTION_FILE_DIGEST"],
  );
});

/** A sketch of other signs, with all of its own digests right: with it, u of other signs is what the model gives. */
function withSketch(): Workspace {
  const workspace = honest.copy();
  const { sketch } = loadIndex(workspace, 1);
  const [first, ...rest] = sketch.layers;
  const input = { ...first!.input, values: first!.input.values.map((value) => -value) };
  saveSketch(join(workspace.indexes, "1/sketch"), { ...sketch, layers: [{ ...first!, input }, ...rest] });
  return workspace;
}

test("another sketch beside the index is found", async () => {
  assert.deepEqual(await found(withSketch()), ["SKETCH"]);
});

test("a bundle with another recipient than the settled one explains nothing", async () => {
  const workspace = honest.copy();
  const [name] = honest.names;
  const explained = async (): Promise<readonly string[]> => {
    const text = readText(bundlePath(workspace, name));
    const { reader, deployment } = honest.chain;
    const result = await explainPayments(
      workspace,
      {
        bundles: [{ name, text, settled: true }],
        position: 0,
        top: 1,
        chain: { asked: false, why: "" },
        onChain: (settlement, key) => chainFacts(reader, deployment, settlement, key),
      },
      quiet,
    );
    return result.ok ? [] : result.failures.map(({ code }) => code);
  };
  assert.deepEqual(await explained(), []);
  await proveBatches(workspace, { names: [name], recipient: stranger.address }, quiet);
  assert.deepEqual(await explained(), ["TRB_VERIFY_PAYOUTS"]);
});

test("bites: without the comparisons nothing of this is found", async () => {
  const mutant = async (file: string, remove: string, insert: string): Promise<Audit> => {
    const path = "src/operations/audit/batches.ts";
    return (await importMutant<{ auditBatches: Audit }>(path, { file, remove, insert })).auditBatches;
  };
  const noStatement = await mutant(
    "src/operations/audit/batch-on-chain.ts",
    "statementDifferences(there.statement, statement)",
    "[].map((one: { message: string }) => one)",
  );
  assert.deepEqual(await found(withStatement({ settlement: `0x${"5e".repeat(20)}` }), noStatement), []);
  const receipts = "src/operations/audit/receipts.ts";
  const noSignature = await mutant(receipts, "!(await verifyReceipt(domain, signed))", "false");
  assert.deepEqual(await found(await withReceipt({}, `0x${"22".repeat(65)}`), noSignature), []);
  const noTime = await mutant(receipts, "receipt.servedAt < registeredAt", "false");
  assert.deepEqual(await found(await withReceipt({ servedAt: 1_000_000_000n }), noTime), [
    "RECEIPT_OPERATOR",
  ]);
  const noSketch = await mutant(
    "src/operations/audit/sound-indexes.ts",
    "manifest.sketch !== parts.sketch.digest",
    "false",
  );
  assert.deepEqual(await found(withSketch(), noSketch), []);
});
