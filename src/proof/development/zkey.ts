import type { OnProgress } from "../../core/progress.ts";
import { P, R } from "../../crypto/field.ts";
import { scalarBytes } from "../../crypto/kzg/commit.ts";
import { SCALAR_BYTES } from "../../crypto/kzg/curve.ts";
import { writeSectionFile } from "../../files/section-writer.ts";
import type { TierName } from "../../params/tiers.ts";
import { openArena } from "./arena.ts";
import { openMultiplier } from "./multiply.ts";
import { type KeyScalars, keyScalars } from "./qap.ts";
import { type R1cs, readR1cs } from "./r1cs.ts";
import { developmentTrapdoor, type Trapdoor } from "./secrets.ts";
import { shareScalars } from "./shared-points.ts";
import { zkeyCoefficients } from "./zkey-coefficients.ts";

const PROTOCOL_GROTH16 = 1;
/** 64 bytes of a circuit hash and a count of contributions: there was no ceremony. */
const CONTRIBUTIONS_BYTES = 68;

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const prime = (value: bigint): Buffer =>
  Buffer.concat([u32(SCALAR_BYTES), Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse()]);

/** Points of the key's header: α₁, β₁, β₂, γ₂ = G₂, δ₁, δ₂. */
interface HeaderPoints {
  readonly g1: Uint8Array;
  readonly g2: Uint8Array;
}

function header(r1cs: R1cs, domain: number, { g1, g2 }: HeaderPoints): Buffer {
  const point1 = (i: number): Uint8Array => g1.subarray(i * 64, (i + 1) * 64);
  const point2 = (i: number): Uint8Array => g2.subarray(i * 128, (i + 1) * 128);
  return Buffer.concat([
    prime(P),
    prime(R),
    u32(r1cs.wires),
    u32(r1cs.publics),
    u32(domain),
    point1(0),
    point1(1),
    point2(0),
    point2(1),
    point1(2),
    point2(2),
  ]);
}

/** Scalars that are not zero: the points that cost. */
function nonZero(scalars: Uint8Array): number {
  const words = new BigUint64Array(scalars.slice().buffer);
  let count = 0;
  for (let i = 0; i < words.length; i += 4) {
    if ((words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!) !== 0n) count++;
  }
  return count;
}

async function writeKey(
  r1cs: R1cs,
  scalars: KeyScalars,
  coefficients: readonly Uint8Array[],
  trapdoor: Trapdoor,
  path: string,
  onProgress: OnProgress,
): Promise<void> {
  const { a, b, c, h, ic, domain } = scalars;
  const shared = shareScalars(a, b);
  const used = { a: nonZero(a), b: nonZero(b), b1: nonZero(shared.scalars) };
  const total = (2 * a.length + 2 * b.length + h.length) / SCALAR_BYTES;
  let done = 0;
  const expected = { g1: used.a + used.b1 + r1cs.wires + domain, g2: used.b };
  const multiplier = openMultiplier(expected, (points) => {
    done += points;
    onProgress({ stage: "key points", done: Math.min(done, total), total });
  });
  try {
    const g1 = (values: Uint8Array): Promise<Uint8Array> => multiplier.multiply("g1", values);
    const g2 = (values: Uint8Array): Promise<Uint8Array> => multiplier.multiply("g2", values);
    const { alpha, beta, delta } = trapdoor;
    const [pointsB2, pointsA, pointsB1, pointsC, pointsH, pointsIc, head1, head2] = await Promise.all([
      g2(b),
      g1(a),
      g1(shared.scalars),
      g1(c),
      g1(h),
      g1(ic),
      g1(scalarBytes([alpha, beta, delta])),
      g2(scalarBytes([beta, 1n, delta])),
    ]);
    shared.fill(pointsA, pointsB1);
    await writeSectionFile(path, "zkey", 1, [
      { id: 1, content: [u32(PROTOCOL_GROTH16)] },
      { id: 2, content: [header(r1cs, domain, { g1: head1, g2: head2 })] },
      { id: 3, content: [pointsIc] },
      { id: 4, content: coefficients },
      { id: 5, content: [pointsA] },
      { id: 6, content: [pointsB1] },
      { id: 7, content: [pointsB2] },
      { id: 8, content: [pointsC] },
      { id: 9, content: [pointsH] },
      { id: 10, content: [Buffer.alloc(CONTRIBUTIONS_BYTES)] },
    ]);
  } finally {
    await multiplier.close();
  }
}

/**
 * Writes a Groth16 proving key in snarkjs's `.zkey` format straight from known secrets: seconds
 * instead of a ceremony, the same bytes every time, and no security at all.
 *
 * @param tier whose δ is used
 * @param r1csPath circom's constraint file
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_PROOF_R1CS
 */
export const writeDevelopmentKey = (
  tier: TierName,
  r1csPath: string,
  zkeyPath: string,
  onProgress: OnProgress = () => {},
): Promise<void> => writeKeyOfSecrets(developmentTrapdoor(tier), r1csPath, zkeyPath, onProgress);

/** The same for any secrets. */
export async function writeKeyOfSecrets(
  trapdoor: Trapdoor,
  r1csPath: string,
  zkeyPath: string,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const r1cs = await readR1cs(r1csPath);
  const arena = openArena();
  onProgress({ stage: "constraints at τ", done: 0, total: r1cs.constraints });
  const scalars = keyScalars(arena, r1cs, trapdoor);
  const coefficients = zkeyCoefficients(arena, r1cs);
  onProgress({ stage: "constraints at τ", done: r1cs.constraints, total: r1cs.constraints });
  await writeKey(r1cs, scalars, coefficients, trapdoor, zkeyPath, onProgress);
}
