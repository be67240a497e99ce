import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { groth16, zKey } from "snarkjs";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { P, R } from "../../../src/crypto/field.ts";
import { openCurve } from "../../../src/crypto/kzg/curve.ts";
import { G2_GENERATOR } from "../../../src/crypto/points.ts";
import type { Groth16Backend, Groth16Proof, PairingTerms } from "../../../src/proof/backend.ts";
import { writeDevelopmentKey } from "../../../src/proof/development/zkey.ts";
import { requireNative } from "../../../src/proof/native-backend.ts";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import { readVerifyingKey } from "../../../src/proof/zkey-reader.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
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
const INPUT = { h2: 5n, beta: 7n, y: 6n * 7n + 49n };
const PUBLIC = [INPUT.h2, INPUT.beta, INPUT.y];
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

/** Groth16's check of a proof as one product of pairings. */
const groth16Terms = (
  { alpha, beta, delta, ic }: VerifyingKey,
  publics: readonly bigint[],
  { a, b, c }: Pick<Groth16Proof, "a" | "b" | "c">,
): PairingTerms[] => [
  { sum: [[R - 1n, a]], twist: b },
  { sum: [[1n, alpha]], twist: beta },
  { sum: [1n, ...publics].map((x, i) => [x, ic[i]!]), twist: G2_GENERATOR },
  { sum: [[1n, c]], twist: delta },
];

test(
  "products of pairings agree between the backends and with snarkjs, and no point is refused",
  native,
  async () => {
    const proof = await backend.groth16(KEY, witness);
    const key = await readVerifyingKey(curve, KEY, "mini", G2_GENERATOR);
    const check = async (publics: readonly bigint[], points: Pick<Groth16Proof, "a" | "b" | "c">) => {
      const terms = groth16Terms(key, publics, points);
      const [ours, portable] = [
        await backend.productIsOne(terms, curve),
        await snarkjsBackend.productIsOne(terms, curve),
      ];
      assert.equal(ours, portable);
      return ours;
    };
    assert.equal(await check(PUBLIC, proof), true);
    assert.equal(await check(PUBLIC.with(2, 0n), proof), false);
    assert.equal(await check(PUBLIC, { ...proof, a: proof.c }), false);
    assert.equal(await check(PUBLIC.slice(1), proof), false);
    const infinity = { x: 0n, y: 0n };
    assert.equal(await backend.productIsOne([{ sum: [[5n, infinity]], twist: proof.b }], curve), true);

    const refuses = (terms: PairingTerms[], code: string) =>
      assert.rejects(async () => backend.productIsOne(terms, curve), { code });
    await refuses([{ sum: [[1n, { x: 1n, y: 1n }]], twist: G2_GENERATOR }], "TRB_NATIVE_POINT");
    await refuses([{ sum: [[1n, proof.a]], twist: { x: [1n, 1n], y: [1n, 1n] } }], "TRB_NATIVE_POINT");
    await refuses([{ sum: [[1n, { x: P, y: 0n }]], twist: G2_GENERATOR }], "TRB_CORE_RANGE");
    await refuses([{ sum: [[R, proof.a]], twist: G2_GENERATOR }], "TRB_CORE_RANGE");
  },
);

test("the addon refuses bytes that are not as many points and scalars as it is told", native, async () => {
  const addon = builtAddon();
  const check = (counts: readonly number[], scalars: number, points: number, twists: number) =>
    addon.pairingEquation(
      counts,
      new Uint8Array(scalars),
      new Uint8Array(points),
      new Uint8Array(twists),
      new addon.Reporter(),
    );
  assert.equal(await check([1, 0], 32, 64, 256), true);
  for (const [counts, scalars, points, twists] of [
    [[2], 32, 64, 128],
    [[1], 64, 64, 128],
    [[1], 32, 128, 128],
    [[1], 32, 64, 256],
    [[1], 31, 64, 128],
    [[1], 32, 63, 128],
    [[1], 32, 64, 127],
    [[2 ** 32 - 1, 2 ** 32 - 1], 32, 64, 256],
  ] as const) {
    await assert.rejects(check(counts, scalars, points, twists), /TRB_NATIVE_(SHAPE|POINT)/);
  }
});
