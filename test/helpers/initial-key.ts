import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Curve } from "ffjavascript";
import { mod, pow } from "../../src/crypto/field.ts";
import { scalarBytes } from "../../src/crypto/kzg/commit.ts";
import { G1_BYTES, G2_BYTES, readG1, readG2 } from "../../src/crypto/kzg/curve.ts";
import { openSectionFile } from "../../src/files/section-file.ts";
import { openMultiplier } from "../../src/proof/development/multiply.ts";
import type { Trapdoor } from "../../src/proof/development/secrets.ts";
import { writeKeyOfSecrets } from "../../src/proof/development/zkey.ts";

const word = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, "0"), "hex");

/** What snarkjs hashes of points: big-endian coordinates, and 0x40 in front for the point at infinity. */
function g1Text(curve: Curve, bytes: Uint8Array): Buffer {
  const parts = Array.from({ length: bytes.length / G1_BYTES }, (_, i) => {
    const { x, y } = readG1(curve, bytes.subarray(i * G1_BYTES, (i + 1) * G1_BYTES));
    return flagged(Buffer.concat([word(x), word(y)]), x === 0n && y === 0n);
  });
  return Buffer.concat(parts);
}

function g2Text(curve: Curve, bytes: Uint8Array): Buffer {
  const parts = Array.from({ length: bytes.length / G2_BYTES }, (_, i) => {
    const { x, y } = readG2(curve, bytes.subarray(i * G2_BYTES, (i + 1) * G2_BYTES));
    const infinite = [...x, ...y].every((part) => part === 0n);
    return flagged(Buffer.concat([x[1], x[0], y[1], y[0]].map(word)), infinite);
  });
  return Buffer.concat(parts);
}

function flagged(text: Buffer, infinite: boolean): Buffer {
  if (infinite) text[0] = 0;
  return text;
}

/** (τ^n − 1)·τ^i in G1, i < n − 1: the powers of the quotient, which snarkjs's circuit hash covers. */
async function quotientPowers(tau: bigint, n: number): Promise<Uint8Array> {
  const scalars = [mod(pow(tau, BigInt(n)) - 1n)];
  while (scalars.length < n - 1) scalars.push(mod(scalars.at(-1)! * tau));
  const multiplier = openMultiplier({ g1: n, g2: 1 });
  try {
    return await multiplier.multiply("g1", scalarBytes(scalars));
  } finally {
    await multiplier.close();
  }
}

/** Two primes with their lengths, then wires, public signals and domain as u32. */
const DOMAIN_OFFSET = 2 * (4 + 32) + 2 * 4;
const POINTS_OFFSET = DOMAIN_OFFSET + 4;
const CIRCUIT_HASH_BYTES = 64;

/** snarkjs's circuit hash (zkey_new.js): header, IC, quotient powers, C, A, B1, B2, each list after its length. */
async function circuitHash(curve: Curve, zkey: string, tau: bigint): Promise<Buffer> {
  const file = await openSectionFile(zkey, "zkey");
  try {
    const head = await file.read(2);
    const n = head.readUInt32LE(DOMAIN_OFFSET);
    const hash = createHash("blake2b512");
    let at = POINTS_OFFSET;
    for (const size of [G1_BYTES, G1_BYTES, G2_BYTES, G2_BYTES, G1_BYTES, G2_BYTES]) {
      const point = head.subarray(at, at + size);
      hash.update(size === G1_BYTES ? g1Text(curve, point) : g2Text(curve, point));
      at += size;
    }
    const list = (bytes: Uint8Array, size: number): void => {
      const count = Buffer.alloc(4);
      count.writeUInt32BE(bytes.length / size);
      hash.update(count).update(size === G1_BYTES ? g1Text(curve, bytes) : g2Text(curve, bytes));
    };
    list(await file.read(3), G1_BYTES);
    list(await quotientPowers(tau, n), G1_BYTES);
    list(await file.read(8), G1_BYTES);
    list(await file.read(5), G1_BYTES);
    list(await file.read(6), G1_BYTES);
    list(await file.read(7), G2_BYTES);
    return hash.digest();
  } finally {
    await file.close();
  }
}

/**
 * The first key of a ceremony, made from the secrets of its phase 1: what `snarkjs zkey new` makes of the file alone,
 * which at tier mini takes it a minute and a half of processor time. The points are the same, and so is the circuit's hash.
 */
export async function writeInitialKey(
  curve: Curve,
  secrets: Trapdoor,
  r1cs: string,
  zkey: string,
): Promise<void> {
  await writeKeyOfSecrets(secrets, r1cs, zkey);
  const hash = await circuitHash(curve, zkey, secrets.tau);
  const handle = await open(zkey, "r+");
  try {
    // The last section holds the circuit's hash and a count of contributions, 0.
    const { size } = await handle.stat();
    await handle.write(hash, 0, CIRCUIT_HASH_BYTES, size - CIRCUIT_HASH_BYTES - 4);
  } finally {
    await handle.close();
  }
}
