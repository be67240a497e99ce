import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { openCurve } from "../../../src/crypto/kzg/curve.ts";
import { applyBeacon, contribute } from "../../../src/operations/keys/ceremony.ts";
import { type CeremonyQuestion, judgeCeremony } from "../../../src/operations/keys/ceremony-verify.ts";
import { readTranscript } from "../../../src/proof/ceremony/transcript.ts";
import { fileDigest } from "../../../src/proof/keys.ts";
import { newCeremonyKey } from "../../../src/proof/snarkjs-ceremony.ts";
import { writeInitialKey } from "../../helpers/initial-key.ts";
import { drawSecrets, writePhaseOne } from "../../helpers/phase-one.ts";
import { temporaryFolder } from "../../helpers/srs.ts";
import { editKey, swapped, withoutContribution } from "../../helpers/zkey-edit.ts";

const SNARKJS = fileURLToPath(new URL("../../../node_modules/snarkjs/build/cli.cjs", import.meta.url));
const POWER = 3;
const BEACON = { value: "0badc0de", exponent: 10 };

const folder = await temporaryFolder();
const use = await openCurve();
after(async () => {
  await use.close();
  await folder.remove();
});

const path = (name: string): string => join(folder.path, name);
const quiet = { signal: undefined, onProgress: () => {}, force: false };
const secrets = drawSecrets();
const hashes: string[] = [];
let r1cs: string;

/** A ceremony for a toy circuit: three contributors and a beacon. */
before(async () => {
  const source = fileURLToPath(new URL("toy.circom", import.meta.url));
  ({ r1cs } = await compileCircuit(source, folder.path, "toy", "O1"));
  await writePhaseOne(path("phase1.ptau"), POWER, secrets);
  await newCeremonyKey(r1cs, path("phase1.ptau"), path("0.zkey"), () => {});
  for (const [i, name] of ["Ada", "Ben", "Cleo"].entries()) {
    const { added } = await contribute(path(`${i}.zkey`), path(`${i + 1}.zkey`), { name, extra: "" }, quiet);
    hashes.push(added.hash);
  }
  await applyBeacon(path("3.zkey"), path("final.zkey"), { name: "beacon", ...BEACON }, quiet);
});

async function judge(zkey: string, change: Partial<CeremonyQuestion> = {}, circuit = r1cs) {
  const question = {
    tier: "mini",
    zkey: path(zkey),
    ptau: path("phase1.ptau"),
    contributions: [],
    ...change,
  } as const;
  const digest = await fileDigest(circuit);
  const built = { r1cs: circuit, wasm: circuit, digests: { r1cs: digest, wasm: digest } };
  return judgeCeremony(use, question, { ...built, need: { power: POWER, coefficients: 8 } }, quiet);
}

const codes = async (...args: Parameters<typeof judge>): Promise<string[]> =>
  (await judge(...args)).failures.map(({ code }) => code);

/** What this process has open in the ceremony's folder. */
async function openFiles(): Promise<string[]> {
  const links = await readdir("/proc/self/fd");
  const targets = await Promise.all(links.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return targets.filter((target) => target.startsWith(folder.path));
}

test("every file is closed that a step or a check opened, and Node has nothing to warn of", {
  skip: !existsSync("/proc/self/fd") && "needs /proc",
}, async () => {
  const warnings: string[] = [];
  const listen = (warning: Error & { code?: string }): void => void warnings.push(warning.code ?? "");
  process.on("warning", listen);
  await newCeremonyKey(r1cs, path("phase1.ptau"), path("closed-0.zkey"), () => {});
  await contribute(path("closed-0.zkey"), path("closed-1.zkey"), { name: "Ada", extra: "" }, quiet);
  await applyBeacon(path("closed-1.zkey"), path("closed.zkey"), { name: "beacon", ...BEACON }, quiet);
  assert.deepEqual(await codes("closed.zkey"), []);
  assert.deepEqual(await codes("closed.zkey", { initial: path("closed-0.zkey") }), []);
  assert.deepEqual(await openFiles(), []);
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  await setTimeout(50);
  process.off("warning", listen);
  assert.deepEqual(warnings, []);
});

test("the transcript holds, and names the contributors with the hashes that they were told", async () => {
  const { failures, transcript } = await judge("final.zkey", { contributions: hashes, beacon: BEACON });
  assert.deepEqual(failures, []);
  const named = transcript!.contributions.map(({ name, hash }) => [name, hash]);
  assert.deepEqual(named.slice(0, 3), [
    ["Ada", hashes[0]],
    ["Ben", hashes[1]],
    ["Cleo", hashes[2]],
  ]);
  assert.deepEqual(transcript!.contributions[3]!.beacon, BEACON);
  assert.equal(new Set(hashes).size, 3);
});

test("snarkjs's own command accepts it, and prints the same hashes", async () => {
  const args = [SNARKJS, "zkey", "verify", r1cs, path("phase1.ptau"), path("final.zkey")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  assert.match(stdout, /ZKey Ok!/);
  const words = stdout.replaceAll(/\s+/g, "");
  for (const hash of hashes) assert.ok(words.includes(hash), hash);
});

test("from the first key it is checked without making that again; a key with contributions is no first key", async () => {
  assert.deepEqual(await codes("final.zkey", { initial: path("0.zkey") }), []);
  const code = "TRB_PROOF_CEREMONY_INITIAL";
  await assert.rejects(judge("final.zkey", { initial: path("1.zkey") }), { code });
});

test("the first key made from known secrets is snarkjs's, section by section, and its circuit hash", async () => {
  await writeInitialKey(use.curve, secrets, r1cs, path("known.zkey"));
  const known = await readTranscript(use.curve, path("known.zkey"));
  const made = await readTranscript(use.curve, path("0.zkey"));
  assert.deepEqual(known, made);
  assert.deepEqual(await codes("final.zkey", { initial: path("known.zkey") }), []);
});

test("a key that nobody contributed to is refused: δ = G₂ forges everything", async () => {
  assert.deepEqual(await codes("0.zkey"), ["TRB_PROOF_CEREMONY_EMPTY", "TRB_VERIFY_KEY"]);
  await applyBeacon(path("0.zkey"), path("public.zkey"), { name: "beacon", ...BEACON }, quiet);
  assert.deepEqual(await codes("public.zkey"), ["TRB_PROOF_CEREMONY_EMPTY"], "a beacon's secret is public");
});

test("γ that is not G₂ is refused", async () => {
  // δ₂ is the header's last point; γ₂ lies before δ₁.
  await editKey(path("final.zkey"), path("gamma.zkey"), 2, (header) => {
    const out = Buffer.from(header);
    header.copy(out, header.length - 128 - 64 - 128, header.length - 128);
    return out;
  });
  assert.deepEqual(await codes("gamma.zkey"), ["TRB_PROOF_KEY_FORM"]);
});

test("a key whose points are not what the contributions make is refused", async () => {
  const invalid = ["TRB_PROOF_CEREMONY_INVALID"];
  // Section, and the first of two points in it that differ. 7 is in G2.
  for (const [section, i] of [
    [3, 1],
    [5, 1],
    [6, 1],
    [7, 1],
    [8, 0],
    [9, 0],
  ] as const) {
    const bytes = section === 7 ? 128 : 64;
    await editKey(path("final.zkey"), path("points.zkey"), section, (points) =>
      swapped(points, i, i + 1, bytes),
    );
    assert.deepEqual(await codes("points.zkey"), invalid, `section ${section}`);
  }
  await editKey(path("final.zkey"), path("circuit.zkey"), 4, (terms) => {
    const out = Buffer.from(terms);
    out[out.length - 1]! ^= 1;
    return out;
  });
  assert.deepEqual(await codes("circuit.zkey"), invalid, "coefficients");
});

test("a contribution that was dropped, doubled or changed is missed", async () => {
  for (const dropped of [0, 1, 2, 3]) {
    await editKey(path("final.zkey"), path("dropped.zkey"), 10, (list) => withoutContribution(list, dropped));
    assert.deepEqual(await codes("dropped.zkey"), ["TRB_PROOF_CEREMONY_INVALID"], `contribution ${dropped}`);
  }
  await editKey(path("final.zkey"), path("changed.zkey"), 10, (list) => {
    const out = Buffer.from(list);
    // A byte of the first contribution's transcript hash.
    out[68 + 3 * 64 + 128]! ^= 1;
    return out;
  });
  assert.deepEqual(await codes("changed.zkey"), ["TRB_PROOF_CEREMONY_INVALID"]);
});

test("a ceremony that went on without somebody holds, but not for who says that he is in it", async () => {
  await contribute(path("1.zkey"), path("fork.zkey"), { name: "Dan", extra: "" }, quiet);
  assert.deepEqual(await codes("fork.zkey"), []);
  assert.deepEqual(await codes("fork.zkey", { contributions: [hashes[1]!] }), ["TRB_PROOF_CEREMONY_MISSING"]);
});

test("another beacon than the announced one is noticed, and one that cannot be checked is not computed", async () => {
  const code = ["TRB_PROOF_CEREMONY_BEACON"];
  assert.deepEqual(await codes("final.zkey", { beacon: { ...BEACON, value: "0badc0df" } }), code);
  assert.deepEqual(await codes("final.zkey", { beacon: { ...BEACON, exponent: 11 } }), code);
  assert.deepEqual(await codes("3.zkey", { beacon: BEACON }), code);
  await editKey(path("final.zkey"), path("forever.zkey"), 10, (list) => {
    const out = Buffer.from(list);
    // The exponent stands before the beacon's kind, its length, and its four bytes.
    out[out.length - 7] = 63;
    return out;
  });
  assert.deepEqual(await codes("forever.zkey"), code);
});

test("another circuit's key and another phase 1 are refused", async () => {
  const source = path("other.circom");
  const toy = await readFile(new URL("toy.circom", import.meta.url), "utf8");
  await writeFile(source, toy.replace("(h2 + 1)", "(h2 + 2)"));
  const other = await compileCircuit(source, folder.path, "other", "O1");
  assert.deepEqual(await codes("final.zkey", {}, other.r1cs), ["TRB_PROOF_CEREMONY_INVALID"]);
  await writePhaseOne(path("other.ptau"), POWER, drawSecrets());
  const ptau = path("other.ptau");
  assert.deepEqual(await codes("final.zkey", { ptau }), ["TRB_PROOF_CEREMONY_INVALID"]);
});

test("a list of contributions that is malformed is refused by name", async () => {
  const edits: ((list: Buffer) => Buffer)[] = [
    (list) => list.subarray(0, list.length - 1),
    (list) => Buffer.concat([list, Buffer.alloc(1)]),
    (list) => list.subarray(0, 30),
  ];
  for (const edit of edits) {
    await editKey(path("final.zkey"), path("form.zkey"), 10, edit);
    assert.deepEqual(await codes("form.zkey"), ["TRB_PROOF_CEREMONY_FORM"]);
  }
});

test("nobody contributes after the beacon, over a file that is there, or without a name", async () => {
  const late = contribute(path("final.zkey"), path("late.zkey"), { name: "Eve", extra: "" }, quiet);
  await assert.rejects(late, { code: "TRB_PROOF_CEREMONY_CLOSED" });
  const before = await readFile(path("1.zkey"));
  const over = contribute(path("0.zkey"), path("1.zkey"), { name: "Eve", extra: "" }, quiet);
  await assert.rejects(over, { code: "TRB_FILE_EXISTS" });
  assert.deepEqual(await readFile(path("1.zkey")), before);
  for (const name of ["", "n".repeat(65)]) {
    const unnamed = contribute(path("0.zkey"), path("late.zkey"), { name, extra: "" }, quiet);
    await assert.rejects(unnamed, { code: "TRB_PROOF_CEREMONY_NAME" });
  }
  for (const beacon of [
    { value: "" },
    { value: "xyz" },
    { value: "00".repeat(256) },
    { exponent: 9 },
    { exponent: 33 },
  ]) {
    const step = applyBeacon(path("3.zkey"), path("late.zkey"), { name: "b", ...BEACON, ...beacon }, quiet);
    await assert.rejects(step, { code: "TRB_PROOF_CEREMONY_BEACON" });
  }
});

test("the same input and the same extra text make another contribution every time", async () => {
  const step = async (to: string) =>
    (await contribute(path("0.zkey"), path(to), { name: "Ada", extra: "same" }, quiet)).added.hash;
  assert.notEqual(await step("a.zkey"), await step("b.zkey"));
});

test("a step that is cancelled leaves nothing", async () => {
  const controller = new AbortController();
  const options = { ...quiet, signal: controller.signal, onProgress: () => controller.abort() };
  const step = contribute(path("0.zkey"), path("cancelled/1.zkey"), { name: "Ada", extra: "" }, options);
  await assert.rejects(step, { code: "TRB_CANCELLED" });
  assert.deepEqual(await readdir(path("cancelled")), []);
});
