import { P } from "../../src/crypto/field.ts";
import { scalarBytes } from "../../src/crypto/kzg/commit.ts";
import { randomScalar } from "../../src/crypto/random-scalar.ts";
import { writeSectionFile } from "../../src/files/section-writer.ts";
import { type Arena, NUMBER_BYTES, openArena } from "../../src/proof/development/arena.ts";
import { lagrangeAt } from "../../src/proof/development/lagrange.ts";
import { ELEMENT_BYTES } from "../../src/proof/development/limbs.ts";
import { openMultiplier } from "../../src/proof/development/multiply.ts";
import type { Trapdoor } from "../../src/proof/development/secrets.ts";

function header(power: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.writeUInt32LE(32);
  Buffer.from(P.toString(16).padStart(64, "0"), "hex").reverse().copy(bytes, 4);
  bytes.writeUInt32LE(power, 36);
  bytes.writeUInt32LE(power, 40);
  return bytes;
}

/** Plain bytes of factor·s for each of the n elements at `address`. */
function scaled(arena: Arena, address: number, n: number, factor: bigint): Uint8Array {
  const { call } = arena;
  const products = arena.reserve(n * ELEMENT_BYTES);
  const out = arena.reserve(n * NUMBER_BYTES);
  call.r_mul(products, address, arena.element("r", factor), 0, n);
  call.r_plain(out, products, n);
  return arena.bytes().slice(out, out + n * NUMBER_BYTES);
}

/** 1, τ, τ², … */
function powersOf(arena: Arena, tau: bigint, n: number): number {
  const address = arena.reserve(n * ELEMENT_BYTES);
  arena.call.r_powers(address, arena.element("r", 1n), arena.element("r", tau), n);
  return address;
}

/** Secrets of a first key: δ is 1, the others are drawn, and forgotten with the test. */
export const drawSecrets = (): Trapdoor => ({
  tau: randomScalar(),
  alpha: randomScalar(),
  beta: randomScalar(),
  delta: 1n,
});

/** Level p of a Lagrange section begins behind the 2^p − 1 points of the levels below it. */
const atLevel = (pointBytes: number, power: number, points: Uint8Array): Uint8Array[] => [
  new Uint8Array((2 ** power - 1) * pointBytes),
  points,
];

/** A list of points of which only the first ones are read. */
const padded = (points: Uint8Array, bytes: number): Uint8Array[] => [
  points,
  new Uint8Array(bytes - points.length),
];

/**
 * A phase-1 file, prepared for phase 2, of given secrets: what a ceremony of hours in snarkjs would leave, in seconds.
 *
 * Only what a phase 2 of this power and the reference string read is filled in: of the Lagrange sections the level of the
 * domain 2^power, and for [τ]₁ the level of twice that; of the powers all in G1, and the first two in G2. (The doubled
 * level has 2n powers here, in snarkjs 2n − 1 and a zero; a quotient has fewer, so both stand for the same.) There are no
 * contributions: snarkjs's check of a phase-2 transcript does not look at those of phase 1.
 */
export async function writePhaseOne(path: string, power: number, secrets: Trapdoor): Promise<void> {
  const { tau, alpha, beta } = secrets;
  const n = 2 ** power;
  const arena = openArena();
  const powers = powersOf(arena, tau, 2 * n - 1);
  const lagrange = lagrangeAt(arena, n, tau);
  const doubled = lagrangeAt(arena, 2 * n, tau);
  const multiplier = openMultiplier({ g1: 7 * n, g2: n });
  const g1 = (scalars: Uint8Array): Promise<Uint8Array> => multiplier.multiply("g1", scalars);
  const g2 = (scalars: Uint8Array): Promise<Uint8Array> => multiplier.multiply("g2", scalars);
  try {
    const level = (factor: bigint): Uint8Array => scaled(arena, lagrange, n, factor);
    const tauLevels = [await g1(level(1n)), await g1(scaled(arena, doubled, 2 * n, 1n))] as const;
    await writeSectionFile(path, "ptau", 1, [
      { id: 1, content: [header(power)] },
      { id: 2, content: [await g1(scaled(arena, powers, 2 * n - 1, 1n))] },
      { id: 3, content: padded(await g2(scalarBytes([1n, tau])), n * 128) },
      { id: 4, content: padded(await g1(scalarBytes([alpha])), n * 64) },
      { id: 5, content: padded(await g1(scalarBytes([beta])), n * 64) },
      { id: 6, content: [await g2(scalarBytes([beta]))] },
      { id: 7, content: [new Uint8Array(4)] },
      { id: 12, content: [...atLevel(64, power, tauLevels[0]), tauLevels[1]] },
      { id: 13, content: atLevel(128, power, await g2(level(1n))) },
      { id: 14, content: atLevel(64, power, await g1(level(alpha))) },
      { id: 15, content: atLevel(64, power, await g1(level(beta))) },
    ]);
  } finally {
    await multiplier.close();
  }
}
