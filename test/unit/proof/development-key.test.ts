import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { groth16, zKey } from "snarkjs";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { openCurve } from "../../../src/crypto/kzg/curve.ts";
import { G2_GENERATOR } from "../../../src/crypto/points.ts";
import { writeDevelopmentKey } from "../../../src/proof/development/zkey.ts";
import { fileDigest } from "../../../src/proof/keys.ts";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import { readVerifyingKey } from "../../../src/proof/zkey-reader.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
const { curve, close } = await openCurve();
after(async () => {
  await close();
  await folder.remove();
});

const KEY = join(folder.path, "toy.zkey");
/** y = (h2 + 1)·beta + beta². */
const INPUT = { h2: 5n, beta: 7n, y: 6n * 7n + 49n };
let circuit: { r1cs: string; wasm: string };

before(async () => {
  const source = new URL("toy.circom", import.meta.url).pathname;
  circuit = await compileCircuit(source, folder.path, "toy", "O1");
  await writeDevelopmentKey("mini", circuit.r1cs, KEY);
});

async function proveToy() {
  const witness = await snarkjsBackend.witness(circuit.wasm, INPUT);
  const { proof, publicSignals } = await groth16.prove(KEY, { type: "mem", data: witness });
  return { proof, publicSignals, key: await zKey.exportVerificationKey(KEY) };
}

test("snarkjs proves and verifies with the key, and refuses every changed public signal", async () => {
  const { proof, publicSignals, key } = await proveToy();
  assert.equal(await groth16.verify(key, publicSignals, proof), true);
  for (let i = 0; i < publicSignals.length; i++) {
    assert.equal(await groth16.verify(key, publicSignals.with(i, "1"), proof), false);
  }
});

test("the verifying key read from the file has γ₂ = G₂, four points of IC, and δ of the tier", async () => {
  const mini = await readVerifyingKey(curve, KEY, "mini", G2_GENERATOR);
  assert.equal(mini.ic.length, 4);
  assert.equal(new Set(mini.ic.map(({ x }) => x)).size, 4);
  const other = join(folder.path, "other.zkey");
  await writeDevelopmentKey("small", circuit.r1cs, other);
  const small = await readVerifyingKey(curve, other, "small", G2_GENERATOR);
  assert.deepEqual([small.alpha, small.beta], [mini.alpha, mini.beta]);
  assert.notDeepEqual(small.delta, mini.delta);
});

test("the same circuit gives the same bytes, and no half-written file stays behind", async () => {
  const again = join(folder.path, "again.zkey");
  await writeDevelopmentKey("mini", circuit.r1cs, again);
  assert.equal(await fileDigest(again), await fileDigest(KEY));
  assert.ok((await readdir(folder.path)).every((name) => !name.startsWith(".")));
});

test("a witness that the circuit refuses says so", async () => {
  await assert.rejects(snarkjsBackend.witness(circuit.wasm, { ...INPUT, y: 1n }), {
    code: "TRB_PROOF_WITNESS",
  });
});

test("refuses a file that is no circuit and one that is missing", async () => {
  const out = join(folder.path, "none.zkey");
  await assert.rejects(writeDevelopmentKey("mini", KEY, out), { code: "TRB_FILE_CORRUPT" });
  await assert.rejects(writeDevelopmentKey("mini", `${KEY}.none`, out), { code: "TRB_FILE_MISSING" });
});
