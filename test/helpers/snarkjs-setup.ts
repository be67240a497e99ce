import { blake2b } from "@noble/hashes/blake2.js";
import type { Curve, PointBytes } from "ffjavascript";
import * as ffjavascript from "ffjavascript";
import * as snarkjs from "snarkjs";
import { P, R } from "../../src/crypto/field.ts";
import { scalarBytes } from "../../src/crypto/kzg/commit.ts";
import { openSectionFile } from "../../src/files/section-file.ts";
import { writeSectionFile } from "../../src/files/section-writer.ts";
import { openMultiplier } from "../../src/proof/development/multiply.ts";
import type { Trapdoor } from "../../src/proof/development/secrets.ts";

/** What of snarkjs's commands about set-ups is used here. */
export const setupCommands = snarkjs as unknown as {
  readonly powersOfTau: { preparePhase2(from: string, to: string): Promise<void> };
  readonly zKey: {
    newZKey(r1cs: string, ptau: string, zkey: string): Promise<Uint8Array>;
    /** `snarkjs zkey verify`: compares the whole key with the one that the circuit and the powers give. */
    verifyFromR1cs(r1cs: string, ptau: string, zkey: string): Promise<boolean>;
  };
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const coordinateBytes = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();

/** A whole powers-of-tau file for circuits of up to 2^power rows, as a ceremony would leave it but for its transcript. */
export async function writePowersOfTau(
  path: string,
  power: number,
  { tau, alpha, beta }: Pick<Trapdoor, "tau" | "alpha" | "beta">,
): Promise<void> {
  const n = 2 ** power;
  const powers = [1n];
  while (powers.length < 2 * n - 1) powers.push((powers.at(-1)! * tau) % R);
  const times = (factor: bigint): Uint8Array => scalarBytes(powers.slice(0, n).map((x) => (x * factor) % R));
  const multiplier = openMultiplier({ g1: 4 * n, g2: n });
  try {
    await writeSectionFile(path, "ptau", 1, [
      { id: 1, content: [u32(32), coordinateBytes(P), u32(power), u32(power)] },
      { id: 2, content: [await multiplier.multiply("g1", scalarBytes(powers))] },
      { id: 3, content: [await multiplier.multiply("g2", times(1n))] },
      { id: 4, content: [await multiplier.multiply("g1", times(alpha))] },
      { id: 5, content: [await multiplier.multiply("g1", times(beta))] },
      { id: 6, content: [await multiplier.multiply("g2", scalarBytes([beta]))] },
      { id: 7, content: [u32(0)] },
    ]);
  } finally {
    await multiplier.close();
  }
}

/** The parts of ffjavascript's interface that only snarkjs's contributions need. */
interface SeededGroup {
  fromRng(random: unknown): PointBytes;
  toRprUncompressed(out: Uint8Array, offset: number, point: PointBytes): void;
}
const ChaCha = (ffjavascript as unknown as { ChaCha: new (seed: readonly number[]) => unknown }).ChaCha;

function uncompressed(group: unknown, point: PointBytes, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  (group as SeededGroup).toRprUncompressed(bytes, 0, point);
  return bytes;
}

/**
 * Section 10 of a zkey with one contribution that multiplied δ = 1 by `delta`, and the proof that its maker knew it: what
 * `snarkjs zkey contribute` would have written, had it drawn this δ.
 *
 * @param circuitHash what `newZKey` returns
 */
export function contributionSection(curve: Curve, circuitHash: Uint8Array, delta: bigint): Uint8Array {
  const { G1, G2, Fr } = curve;
  const s = G1.toAffine(G1.timesFr(G1.oneAffine, Fr.e(12_345n)));
  const sx = G1.toAffine(G1.timesFr(s, Fr.e(delta)));
  const hash = blake2b.create({ dkLen: 64 });
  for (const part of [circuitHash, uncompressed(G1, s, 64), uncompressed(G1, sx, 64)]) hash.update(part);
  const transcript = hash.digest();
  const view = new DataView(transcript.buffer, transcript.byteOffset);
  const seed = Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
  const sp = (G2 as unknown as SeededGroup).fromRng(new ChaCha(seed));
  const spx = G2.toAffine(G2.timesFr(sp, Fr.e(delta)));
  const after = G1.toAffine(G1.timesFr(G1.oneAffine, Fr.e(delta)));
  // Type 0: a contribution of somebody, without a name.
  return Buffer.concat([circuitHash, u32(1), after, s, sx, spx, transcript, u32(0), u32(0)]);
}

/** Copies a zkey, some of its sections replaced. */
export async function withSections(
  from: string,
  to: string,
  replaced: Readonly<Record<number, Uint8Array>>,
): Promise<void> {
  const file = await openSectionFile(from, "zkey");
  try {
    const sections = [];
    for (let id = 1; id <= 10; id++) sections.push({ id, content: [replaced[id] ?? (await file.read(id))] });
    await writeSectionFile(to, "zkey", 1, sections);
  } finally {
    await file.close();
  }
}
