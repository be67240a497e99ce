import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { groth16, zKey } from "snarkjs";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { P } from "../../../src/core/field.ts";
import { openCurve } from "../../../src/core/kzg/curve.ts";
import { type G1, type G2, G2_GENERATOR } from "../../../src/core/points.ts";
import type { Groth16Backend, Groth16Proof } from "../../../src/proof/backend.ts";
import { writeDevelopmentKey } from "../../../src/proof/development/zkey.ts";
import { requireNative } from "../../../src/proof/native-backend.ts";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import { readVerifyingKey } from "../../../src/proof/zkey-reader.ts";
import { builtAddon, withoutNative } from "../../helpers/native.ts";
import { sectionPlaces, withSection } from "../../helpers/sections.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
const { curve, close } = await openCurve();
after(async () => {
  await close();
  await folder.remove();
});

const native = { skip: withoutNative };
const KEY = join(folder.path, "toy.zkey");
const INPUT = { h2: 5n, beta: 7n, rho: 11n, y: 6n * 7n + 121n };
const PUBLIC = [INPUT.h2, INPUT.beta, INPUT.rho, INPUT.y];
let backend: Groth16Backend;
let key: Buffer;
let witness: Buffer;
let verifyingKey: unknown;

before(async () => {
  if (withoutNative) return;
  backend = requireNative({ threads: 2 });
  const source = new URL("toy.circom", import.meta.url).pathname;
  const circuit = await compileCircuit(source, folder.path, "toy", "O1");
  await writeDevelopmentKey("mini", circuit.r1cs, KEY);
  key = await readFile(KEY);
  witness = Buffer.from(await snarkjsBackend.witness(circuit.wasm, INPUT));
  verifyingKey = await zKey.exportVerificationKey(KEY);
});

const decimal = (pair: readonly [bigint, bigint]): [string, string] => [`${pair[0]}`, `${pair[1]}`];

/** Whether snarkjs takes the proof for its public signals. */
const holds = ({ a, b, c, publicSignals }: Groth16Proof): Promise<boolean> =>
  groth16.verify(verifyingKey, publicSignals.map(String), {
    pi_a: [`${a.x}`, `${a.y}`, "1"],
    pi_b: [decimal(b.x), decimal(b.y), ["1", "0"]],
    pi_c: [`${c.x}`, `${c.y}`, "1"],
  });

/** The witness with another value for a wire. */
const withWire = (wire: number, value: bigint): Buffer =>
  withSection(witness, 2, (values) => {
    for (let limb = 0; limb < 4; limb++) {
      values.writeBigUInt64LE((value >> BigInt(64 * limb)) & 0xffff_ffff_ffff_ffffn, 32 * wire + 8 * limb);
    }
  });

test("snarkjs takes native proofs, made on one thread and on two, and two at once", native, async () => {
  const proofs = await Promise.all([
    requireNative({ threads: 1 }).groth16(KEY, witness),
    backend.groth16(KEY, witness),
    backend.groth16(KEY, witness),
  ]);
  for (const proof of proofs) {
    assert.deepEqual(proof.publicSignals, PUBLIC);
    assert.equal(await holds(proof), true);
    assert.equal(await holds({ ...proof, publicSignals: PUBLIC.with(0, 6n) }), false);
  }
  assert.equal(new Set(proofs.map(({ a }) => a.x)).size, 3, "each proof has randomness of its own");
});

test("a witness that does not satisfy the constraints gives a proof that does not hold", native, async () => {
  const proof = await backend.groth16(KEY, withWire(4, INPUT.y + 1n));
  assert.equal(await holds(proof), false);
});

test("a key that is cut off, or whose lengths lie, is refused", native, async () => {
  const path = join(folder.path, "broken.zkey");
  const refuses = async (bytes: Uint8Array, code: string, what: string): Promise<void> => {
    await writeFile(path, bytes);
    await assert.rejects(backend.groth16(path, witness), { code }, what);
  };
  for (const { id, head, end } of sectionPlaces(key)) {
    for (const cut of [head, head + 5, head + 12, end - 1]) {
      if (cut < key.length)
        await refuses(key.subarray(0, cut), "TRB_FILE_CORRUPT", `cut at ${cut}, section ${id}`);
    }
    const lying = Buffer.from(key);
    lying.writeBigUInt64LE(0xffff_ffff_ffff_fff0n, head + 4);
    await refuses(lying, "TRB_FILE_CORRUPT", `section ${id} says that it has 2^64 bytes`);
  }
  const corrupt = (id: number, change: (contents: Buffer) => void): Promise<void> =>
    refuses(withSection(key, id, change), "TRB_FILE_CORRUPT", `section ${id}`);
  await refuses(Buffer.alloc(0), "TRB_FILE_CORRUPT", "an empty file");
  await refuses(Buffer.from("zkex").fill("zkex"), "TRB_FILE_CORRUPT", "another magic");
  await corrupt(2, (header) => header.writeUInt32LE(0xffff_ffff, 72));
  await corrupt(2, (header) => header.writeUInt32LE(3, 80));
  await corrupt(2, (header) => header.fill(1, 84, 90));
  await corrupt(4, (entries) => entries.writeUInt32LE(0xffff_fff0, 0));
  await corrupt(4, (entries) => entries.writeUInt32LE(2, 4));
  await corrupt(4, (entries) => entries.writeUInt32LE(0xffff_fff0, 8));
  await corrupt(4, (entries) => entries.writeUInt32LE(0xffff_fff0, 12));
  await corrupt(4, (entries) => entries.fill(255, 16, 48));
  for (const points of [5, 7, 9]) await corrupt(points, (bytes) => bytes.fill(255));
  const otherPrime = withSection(key, 2, (header) => header.fill(7, 4, 36));
  await refuses(otherPrime, "TRB_PROOF_KEY_FORM", "another curve");
  const otherSystem = withSection(key, 1, (protocol) => protocol.writeUInt32LE(2, 0));
  await refuses(otherSystem, "TRB_PROOF_KEY_FORM", "another proof system");
  await assert.rejects(backend.groth16(join(folder.path, "none"), witness), { code: "TRB_FILE_MISSING" });
  await assert.rejects(backend.groth16(folder.path, witness), { code: "TRB_FILE_CORRUPT" });
});

test("a key with false points makes a proof that does not hold, and nothing worse", native, async () => {
  const path = join(folder.path, "false.zkey");
  for (const section of [5, 6, 7, 8, 9]) {
    const bytes = withSection(key, section, (points) => {
      for (let at = 0; at < points.length; at += 32) points[at] = points[at]! ^ 1;
    });
    await writeFile(path, bytes);
    assert.equal(await holds(await backend.groth16(path, witness)), false, `section ${section}`);
  }
});

test("a witness of another circuit, another field or another length is refused", native, async () => {
  const refuses = (bytes: Uint8Array, code: string): Promise<void> =>
    assert.rejects(backend.groth16(KEY, bytes), { code });
  for (const { head, end } of sectionPlaces(witness)) {
    await refuses(witness.subarray(0, head + 3), "TRB_FILE_CORRUPT");
    await refuses(witness.subarray(0, end - 1), "TRB_FILE_CORRUPT");
  }
  const header = (change: (contents: Buffer) => void): Buffer => withSection(witness, 1, change);
  await refuses(
    header((bytes) => bytes.fill(9, 4, 36)),
    "TRB_PROOF_WITNESS_FORM",
  );
  await refuses(
    header((bytes) => bytes.writeUInt32LE(1, 36)),
    "TRB_FILE_CORRUPT",
  );
  await refuses(withWire(1, 2n ** 256n - 1n), "TRB_PROOF_WITNESS_FORM");
  const wires = witness.readUInt32LE(sectionPlaces(witness)[0]!.head + 12 + 36);
  const shorter = Buffer.from(witness.subarray(0, witness.length - 32));
  shorter.writeUInt32LE(wires - 1, sectionPlaces(witness)[0]!.head + 12 + 36);
  shorter.writeBigUInt64LE(BigInt(32 * (wires - 1)), sectionPlaces(witness)[1]!.head + 4);
  await refuses(shorter, "TRB_PROOF_WITNESS_FORM");
});

test(
  "says its stages, and refuses work that is cancelled before it begins or has too many threads",
  native,
  async () => {
    await assert.rejects(backend.groth16(KEY, witness, { signal: AbortSignal.abort() }), {
      code: "TRB_PROOF_CANCELLED",
    });
    await assert.rejects(requireNative({ threads: 1000 }).groth16(KEY, witness), {
      code: "TRB_NATIVE_THREADS",
    });
    const stages = new Set<string>();
    await backend.groth16(KEY, witness, { onProgress: ({ stage }) => stages.add(stage) });
    assert.deepEqual([...stages], ["products", "quotient", "points", "sums"]);
  },
);

/** A point as the addon takes it: plain coordinates, little-endian. */
const pointBytes = ({ x, y }: G1 | G2): Uint8Array => scalarFieldBytes([x, y].flat());

/** 32 little-endian bytes of each number, which may be above r. */
const scalarFieldBytes = (values: readonly bigint[]): Uint8Array =>
  Buffer.concat(values.map((value) => Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse()));

test("the native check of a proof agrees with snarkjs's, and refuses what is no point", native, async () => {
  const addon = builtAddon();
  const { a, b, c } = await backend.groth16(KEY, witness);
  const parts = await readVerifyingKey(curve, KEY, "mini", G2_GENERATOR);
  const vk = Buffer.concat([parts.alpha, parts.beta, G2_GENERATOR, parts.delta, ...parts.ic].map(pointBytes));
  const check = (publics: readonly bigint[], points: readonly (G1 | G2)[], checked: Uint8Array = vk) =>
    addon.verifyGroth16(
      checked,
      scalarFieldBytes(publics),
      Buffer.concat(points.map(pointBytes)),
      new addon.Reporter(),
    );
  assert.equal(await check(PUBLIC, [a, b, c]), true);
  assert.equal(await check(PUBLIC.with(2, 0n), [a, b, c]), false);
  assert.equal(await check(PUBLIC, [c, b, a]), false);
  assert.equal(await check(PUBLIC.slice(1), [a, b, c]), false);
  for (const bad of [
    { x: 1n, y: 1n },
    { x: P, y: 0n },
  ]) {
    await assert.rejects(check(PUBLIC, [bad, b, c]), /TRB_NATIVE_POINT/);
  }
  await assert.rejects(check(PUBLIC, [a, b]), /TRB_NATIVE_SHAPE/);
  await assert.rejects(check(PUBLIC, [a, b, c], vk.subarray(0, 100)), /TRB_NATIVE_SHAPE/);

  const negative = { x: a.x, y: P - a.y };
  const pairs = (first: G1, second: G1): Uint8Array => Buffer.concat([first, b, second, b].map(pointBytes));
  const isOne = (bytes: Uint8Array) => addon.pairingProductIsOne(bytes, new addon.Reporter());
  assert.equal(await isOne(pairs(a, negative)), true);
  assert.equal(await isOne(pairs(a, a)), false);
  await assert.rejects(isOne(pairs(a, a).subarray(1)), /TRB_NATIVE_/);
});
