import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { groth16, zKey } from "snarkjs";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { createProver, type Prover } from "../../src/operations/proving/prover.ts";
import { artifactPaths, developmentKeys } from "../../src/proof/keys.ts";
import { encodeBundle, parseBundle } from "../../src/protocol/bundle.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import type { Settlement, Statement } from "../../src/protocol/statement.ts";
import * as transcript from "../../src/protocol/transcript.ts";
import { verifySettlement } from "../../src/verification/verify.ts";
import { noiseIndex, noiseTraces, OPERATOR, statementOf } from "../helpers/batch.ts";
import { openTestSrs, temporaryFolder } from "../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
const folder = await temporaryFolder();
const hash = await loadHashChain();
const index = noiseIndex("mini", 12);
const traces = noiseTraces("mini", 3);
const statement: Statement = await statementOf(index, traces, srs, hash);
const keys = developmentKeys("mini", await readManifest());
const input = { index, statement, traces, recipient: OPERATOR };

let prover: Prover;
let settlement: Settlement;
const stages: string[] = [];

before(async () => {
  prover = await createProver({ tier: "mini", keys });
  settlement = await prover.prove(input, { onProgress: ({ stage }) => stages.push(stage) });
});

after(async () => {
  await prover.close();
  await close();
  await folder.remove();
});

/** The public signals as the settlement's transcript gives them. */
function publicSignals({ statement, claim, proof, keyDigest }: Settlement): string[] {
  const alpha = transcript.alpha({ statement, claim, keyDigest, h1: proof.h1 });
  const beta = transcript.beta({ alpha, cq: proof.cq, h2: proof.h2 });
  return [proof.h2, beta, proof.y].map(String);
}

test("the independent verifier accepts the settlement, also after its way through a bundle", () => {
  assert.deepEqual(verifySettlement(settlement, statement, prover.verifyingKey), { ok: true, failures: [] });
  const read = parseBundle(encodeBundle(settlement));
  assert.deepEqual(read, settlement);
});

test("with development keys nothing is proven for a chain with money", async () => {
  const elsewhere = { ...input, statement: { ...statement, chainId: 1n } };
  await assert.rejects(prover.prove(elsewhere), { code: "TRB_KEY_DEVELOPMENT" });
});

test("snarkjs accepts the Groth16 part for the transcript's public signals, and no others", async () => {
  const { a, b, c } = settlement.proof;
  const text = (values: readonly bigint[]) => values.map(String);
  const proof = {
    pi_a: [...text([a.x, a.y]), "1"],
    pi_b: [text(b.x), text(b.y), ["1", "0"]],
    pi_c: [...text([c.x, c.y]), "1"],
    protocol: "groth16",
    curve: "bn128",
  };
  const key = await zKey.exportVerificationKey(keys.zkey.path);
  const signals = publicSignals(settlement);
  assert.equal(await groth16.verify(key, signals, proof as never), true);
  for (let i = 0; i < signals.length; i++) {
    assert.equal(await groth16.verify(key, signals.with(i, "1"), proof as never), false);
  }
});

test("the claim pays at most the pools, and leaves the pool of the empty sketch", () => {
  const { payouts, unattributed } = settlement.claim;
  const total = statement.pools.reduce((sum, pool) => sum + pool, 0n);
  const paid = payouts.reduce((sum, pay) => sum + pay, 0n);
  assert.equal(unattributed, statement.pools[0]);
  assert.equal(payouts.length, 12);
  assert.ok(paid <= total - unattributed && paid > total - unattributed - 16n);
});

test("every proof carries fresh masks", async () => {
  const again = await prover.prove(input);
  assert.deepEqual(again.claim, settlement.claim);
  for (const part of ["h1", "h2", "y"] as const) assert.notEqual(again.proof[part], settlement.proof[part]);
  for (const part of ["cq", "opening", "a"] as const) {
    assert.notEqual(again.proof[part].x, settlement.proof[part].x);
  }
});

test("reports its steps in order, and stops when it is told to", async () => {
  // What a backend reports within a step follows a colon.
  const steps = stages.filter((stage) => !stage.includes(":"));
  assert.deepEqual(steps, ["scores", "fold", "witness", "groth16", "opening", "check", "check"]);
  const controller = new AbortController();
  const stopped = prover.prove(input, {
    signal: controller.signal,
    onProgress: ({ stage }) => stage === "fold" && controller.abort(),
  });
  await assert.rejects(stopped, { code: "TRB_PROOF_CANCELLED" });
});

test("refuses an index that is not the registered one, and another tier", async () => {
  const phi = Int8Array.from(index.phi);
  phi[0]! ^= 1;
  const code = "TRB_WITNESS_INDEX_MISMATCH";
  await assert.rejects(prover.prove({ ...input, index: { ...index, phi } }), { code });
  await assert.rejects(prover.prove({ ...input, index: { ...index, assigned: 11 } }), { code });
  const small = { ...statement, tier: "small" } as const;
  await assert.rejects(prover.prove({ ...input, statement: small }), { code: "TRB_PROOF_TIER" });
});

test("refuses a proving key that was cut off or is another's, and a circuit or powers of τ with one bit changed", async () => {
  const path = join(folder.path, "cut.zkey");
  const whole = await readFile(artifactPaths("mini").zkey);
  await writeFile(path, whole.subarray(0, whole.length / 2));
  const cut = { ...keys, zkey: { path, sha256: keys.zkey.sha256 } };
  await assert.rejects(createProver({ tier: "mini", keys: cut }), { code: "TRB_PROOF_KEY_MISMATCH" });
  for (const file of ["wasm", "srs"] as const) {
    const other = join(folder.path, file);
    const bytes = await readFile(keys[file].path);
    // One bit, in the middle.
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(other, bytes);
    const changed = { ...keys, [file]: { path: other, sha256: keys[file].sha256 } };
    await assert.rejects(createProver({ tier: "mini", keys: changed }), { code: "TRB_PROOF_KEY_MISMATCH" });
  }
  await copyFile(artifactPaths("mini").zkey, path);
  const renamed = { ...keys, keyDigest: statement.batchKey };
  await assert.rejects(createProver({ tier: "mini", keys: renamed }), { code: "TRB_PROOF_KEY_MISMATCH" });
});
