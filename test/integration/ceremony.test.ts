import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { readSrs } from "../../src/crypto/kzg/srs.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { readKeyFolder } from "../../src/operations/keys/key-folder.ts";
import { folderSource } from "../../src/operations/keys/key-source.ts";
import { createProver } from "../../src/operations/proving/prover.ts";
import { indexCoefficients, TIERS } from "../../src/params/tiers.ts";
import { artifactPaths } from "../../src/proof/keys.ts";
import { encodeBundle } from "../../src/protocol/bundle.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { encodeStatement } from "../../src/verification/statement-file.ts";
import { noiseIndex, noiseTraces, OPERATOR, statementOf } from "../helpers/batch.ts";
import { startChain } from "../helpers/chain.ts";
import { jsonOf, spawnTributary, tributary } from "../helpers/cli.ts";
import { writeInitialKey } from "../helpers/initial-key.ts";
import { drawSecrets, writePhaseOne } from "../helpers/phase-one.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { temporaryFolder } from "../helpers/srs.ts";
import { built, verifierArguments } from "../helpers/world.ts";

/**
 * A ceremony at tier mini by its commands, and what its keys are good for. The phase-1 file and the first key come from
 * secrets that are drawn here, since snarkjs needs minutes for them; test/unit/proof/ceremony.test.ts compares such a key
 * with snarkjs's own, and `node bench/ceremony.ts` does at this tier.
 */
const SNARKJS = fileURLToPath(new URL("../../node_modules/snarkjs/build/cli.cjs", import.meta.url));
const BEACON = "0c0ffee0";

const folder = await temporaryFolder();
const path = (name: string): string => join(folder.path, name);
const KEYS = path("keys/mini");
const secrets = drawSecrets();
const hashes: string[] = [];
let phaseOne: string[];
let settlement: Settlement;

const ceremony = (...args: string[]) => tributary(["keys", "ceremony", ...args, "--json"]);
const codeOf = (json: Record<string, unknown>): string => (json.error as { code: string }).code;
const failuresOf = (json: Record<string, unknown>): string[] =>
  (json.failures as { code: string }[]).map(({ code }) => code);

before(async () => {
  const { curve, close } = await openCurve();
  await writePhaseOne(path("phase1.ptau"), 14, secrets);
  await writeInitialKey(curve, secrets, artifactPaths("mini").r1cs, path("0.zkey"));
  await close();
  const digest = createHash("blake2b512")
    .update(readFileSync(path("phase1.ptau")))
    .digest("hex");
  phaseOne = ["--tier", "mini", "--ptau", path("phase1.ptau"), "--ptau-digest", digest];
});
after(() => folder.remove());

test("three contributors and a beacon, each step by its command", async () => {
  for (const [i, name] of ["Ada", "Ben", "Cleo"].entries()) {
    const step = await ceremony("contribute", path(`${i}.zkey`), path(`${i + 1}.zkey`), "--name", name);
    assert.equal(step.code, 0, step.stdout);
    hashes.push(jsonOf(step).hash as string);
  }
  const args = ["--beacon", BEACON, "--iterations", "2^10"];
  const beacon = await ceremony("beacon", path("3.zkey"), path("final.zkey"), ...args);
  assert.equal((jsonOf(beacon).contributions as unknown[]).length, 4);
  const again = await ceremony("beacon", path("3.zkey"), path("final.zkey"), ...args);
  assert.deepEqual([again.code, codeOf(jsonOf(again))], [2, "TRB_FILE_EXISTS"]);
});

test("a step that is interrupted, or has no room, leaves nothing", async () => {
  const step = ["contribute", path("0.zkey"), path("none/1.zkey"), "--name", "Ada"];
  const full = ["contribute", path("0.zkey"), path("full/1.zkey"), "--name", "Ada"];
  // Files of more than 2,000 blocks fail half way: what a full disk does, without filling one.
  const refused = await tributary(["keys", "ceremony", ...full, "--json"], { fileBlocks: 2000 });
  assert.deepEqual([refused.code, codeOf(jsonOf(refused))], [2, "TRB_FILE_DISK_FULL"]);
  assert.deepEqual(readdirSync(path("full")), []);
  const stopped = spawnTributary(["keys", "ceremony", ...step]);
  let said = "";
  stopped.stderr!.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  // Progress is said after two seconds of work.
  await once(stopped.stderr!, "data");
  stopped.kill("SIGTERM");
  assert.deepEqual(await once(stopped, "close"), [null, "SIGTERM"]);
  assert.match(said, /TRB_CANCELLED/);
  assert.deepEqual(readdirSync(path("none")), []);
});

test("snarkjs's own command accepts the transcript, and prints the contributions' hashes", async () => {
  const args = [SNARKJS, "zkvi", path("0.zkey"), path("phase1.ptau"), path("final.zkey")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.match(stdout, /ZKey Ok!/);
  const words = stdout.replaceAll(/\s+/g, "");
  for (const hash of hashes) assert.ok(words.includes(hash), hash);
});

test("export checks the ceremony, and writes keys only where it holds", async () => {
  const args = [path("final.zkey"), ...phaseOne, "--initial", path("0.zkey"), "--out", KEYS];
  const unwanted = await ceremony("export", ...args, "--beacon", "00", "--iterations", "2^10");
  assert.deepEqual([unwanted.code, failuresOf(jsonOf(unwanted))], [1, ["TRB_PROOF_CEREMONY_BEACON"]]);
  assert.ok(!existsSync(KEYS));
  const announced = ["--beacon", BEACON, "--iterations", "2^10", "--contribution", ...hashes];
  const exported = await ceremony("export", ...args, ...announced);
  assert.equal(exported.code, 0, exported.stdout);
  const { verifyingKey } = await readKeyFolder(KEYS);
  assert.equal(jsonOf(exported).keyDigest, keyDigest(verifyingKey));
  const again = await ceremony("export", ...args);
  assert.deepEqual([again.code, codeOf(jsonOf(again))], [2, "TRB_FILE_EXISTS"]);
});

test("a phase 1 that nobody published is not taken unasked", async () => {
  const unasked = ["--tier", "mini", "--ptau", path("phase1.ptau"), "--initial", path("0.zkey")];
  const refused = await ceremony("verify", path("final.zkey"), ...unasked);
  assert.deepEqual([refused.code, codeOf(jsonOf(refused))], [2, "TRB_PROOF_PTAU_UNPUBLISHED"]);
});

test("a prover with the ceremony's keys makes a proof that its verifying key accepts, and the development key does not", async () => {
  const { keys } = await readKeyFolder(KEYS);
  const { curve, close } = await openCurve();
  const srs = await readSrs(curve, keys.srs.path, indexCoefficients(TIERS.mini));
  const index = noiseIndex("mini", 12);
  const traces = noiseTraces("mini", 3);
  const statement = await statementOf(index, traces, srs, await loadHashChain());
  const prover = await createProver({ tier: "mini", keys });
  settlement = await prover.prove({ index, statement, traces, recipient: OPERATOR });
  await prover.close();
  await close();
  writeFileSync(path("bundle.json"), encodeBundle(settlement));
  writeFileSync(path("statement.json"), encodeStatement(statement));
  const args = ["verify", path("bundle.json"), "--expect", path("statement.json"), "--json"];
  // One key folder, and a folder of key folders.
  for (const keys of [KEYS, path("keys")]) {
    const accepted = await tributary([...args, "--keys", keys]);
    assert.deepEqual([accepted.code, jsonOf(accepted).failures], [0, []]);
  }
  const refused = await tributary(args);
  assert.equal(refused.code, 1);
  assert.ok(failuresOf(jsonOf(refused)).includes("TRB_VERIFY_KEY"));
  const nowhere = await tributary([...args, "--keys", path("nowhere")]);
  assert.deepEqual([nowhere.code, codeOf(jsonOf(nowhere))], [2, "TRB_PROOF_NO_KEY"]);
});

test("contracts take the ceremony's key on every chain, and the development key on the development chain only", async () => {
  const { verifyingKey } = await readKeyFolder(KEYS);
  const development = (await readManifest()).tiers.mini!.keys!.development!.verifyingKey;
  const verifier = await built("AttributionVerifier");
  for (const chainId of [31337, 1]) {
    const chain = await startChain(chainId);
    const deployed = await chain.deploy(verifier, verifierArguments(verifyingKey));
    assert.equal(await chain.read(deployed, "keyDigest"), settlement.keyDigest);
    const known = chain.deploy(verifier, verifierArguments(development));
    if (chainId === 31337) await known;
    else await assertReverts(known, "DevelopmentKey");
    await chain.close();
  }
});

test("a key folder that was changed is refused before any work", async () => {
  const change = (name: string, edit: (copy: string) => void): string => {
    const copy = path(name);
    cpSync(KEYS, copy, { recursive: true });
    edit(copy);
    return copy;
  };
  const manifest = (edit: (json: Record<string, unknown>) => void) => (copy: string) => {
    const json = JSON.parse(readFileSync(join(copy, "keys.json"), "utf8"));
    edit(json);
    writeFileSync(join(copy, "keys.json"), JSON.stringify(json));
  };
  const other = `0x${"11".repeat(32)}`;
  const refusals: [string, (copy: string) => void][] = [
    ["TRB_PROOF_PARAMS_MISMATCH", manifest((json) => Object.assign(json, { paramsDigest: other }))],
    ["TRB_PROOF_KEY_MISMATCH", manifest((json) => Object.assign(json, { r1cs: other }))],
    ["TRB_PROOF_KEY_MISMATCH", manifest((json) => Object.assign(json, { wasm: other }))],
    ["TRB_PROOF_KEY_MISMATCH", manifest((json) => Object.assign(json, { keyDigest: other }))],
    ["TRB_FILE_MALFORMED", manifest((json) => Object.assign(json, { tier: "huge" }))],
    ["TRB_FILE_MALFORMED", (copy) => truncateSync(join(copy, "keys.json"), 100)],
  ];
  for (const [i, [code, edit]] of refusals.entries()) {
    await assert.rejects(readKeyFolder(change(`changed-${i}`, edit)), { code }, `change ${i}`);
  }
  // What the manifest does not show, the prover finds when it compares the files.
  for (const name of ["settlement.zkey", "settlement.wasm", "powers.ptau"]) {
    const copy = change(`cut-${name}`, (at) => truncateSync(join(at, name), 1000));
    const prover = createProver({ tier: "mini", keys: (await readKeyFolder(copy)).keys });
    await assert.rejects(prover, { code: "TRB_PROOF_KEY_MISMATCH" });
  }
  const powers = folderSource(path("cut-powers.ptau")).powers("mini");
  await assert.rejects(powers, { code: "TRB_PROOF_KEY_MISMATCH" });
});

test("no step left a temporary file", () => {
  const left = readdirSync(folder.path, { recursive: true }).filter((name) => /(^|\/)\./.test(String(name)));
  assert.deepEqual(left, []);
});
