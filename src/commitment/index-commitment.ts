import { hkdfSync } from "node:crypto";
import type { AttributionIndex } from "../attribution/types.ts";
import { TributaryError } from "../core/errors.ts";
import { R } from "../crypto/field.ts";
import { scalarBytes } from "../crypto/kzg/commit.ts";
import { G1_BYTES, readG1, SCALAR_BYTES } from "../crypto/kzg/curve.ts";
import type { Coefficients } from "../crypto/kzg/engine.ts";
import type { Srs } from "../crypto/kzg/srs.ts";
import type { G1 } from "../crypto/points.ts";
import { PHI_MAX } from "../params/bits.ts";
import { TIERS } from "../params/tiers.ts";

const SALT = "tributary/blinding/v1";
const SEED_BYTES = 32;
/** r, little-endian, and its lowest 32 bits. */
const ORDER_BYTES = Buffer.from(R.toString(16).padStart(2 * SCALAR_BYTES, "0"), "hex").reverse();
const ORDER_LOW = ORDER_BYTES.readUInt32LE();
/** Twice the field's size: the bias of the reduction is below 2^-256. */
const DERIVED_BYTES = 64;

/**
 * Φ_{c,k}: the blinding column of docs/encodings.md, "Index".
 *
 * @param seed 32 secret bytes
 * @returns one field element for each of the `positions` rows
 */
export function blindingColumn(seed: Uint8Array, positions: number): bigint[] {
  return Array.from({ length: positions }, (_, c) => {
    const info = Buffer.alloc(4);
    info.writeUInt32BE(c);
    const derived = hkdfSync("sha512", seed, SALT, info, DERIVED_BYTES);
    return BigInt(`0x${Buffer.from(derived).toString("hex")}`) % R;
  });
}

/**
 * Refuses an index whose shape or entries are not its tier's.
 *
 * @throws TRB_COMMITMENT_INDEX_SHAPE, TRB_COMMITMENT_PHI_RANGE
 */
export function checkIndex({ tier, phi, positions, width, assigned, blindingSeed }: AttributionIndex): void {
  const { positions: C, width: k } = TIERS[tier];
  const fits = positions === C && width === k && phi.length === C * k;
  if (!fits || blindingSeed.length !== SEED_BYTES || !(assigned >= 1 && assigned <= C)) {
    throw new TributaryError(
      "TRB_COMMITMENT_INDEX_SHAPE",
      `this index does not have the shape of tier ${tier}`,
      {
        details: `${positions} × ${width}, ${phi.length} entries, ${assigned} assigned, seed of ${blindingSeed.length} bytes`,
      },
    );
  }
  if (phi.some((entry) => entry < -PHI_MAX || entry > PHI_MAX)) {
    throw new TributaryError("TRB_COMMITMENT_PHI_RANGE", `an index entry is below −${PHI_MAX}`);
  }
}

/** The C·w coefficients of f_Φ: rows of k integers and their blinding element, negative numbers as r − |x|. */
export function indexPolynomial(index: AttributionIndex): bigint[] {
  const blinding = blindingColumn(index.blindingSeed, index.positions);
  const { phi, width } = index;
  return blinding.flatMap((blind, c) => [
    ...Array.from(phi.subarray(c * width, (c + 1) * width), (x) => (x < 0 ? R + BigInt(x) : BigInt(x))),
    blind,
  ]);
}

/** f_Φ as the bytes of its coefficients, without the detour over 2^18 bigints at tier large. */
export function indexCoefficientBytes(index: AttributionIndex): Coefficients {
  const { phi, positions, width } = index;
  const blinds = scalarBytes(blindingColumn(index.blindingSeed, positions));
  const bytes = new Uint8Array(positions * (width + 1) * SCALAR_BYTES);
  const view = new DataView(bytes.buffer);
  for (let c = 0, at = 0; c < positions; c++) {
    for (let j = 0; j < width; j++, at += SCALAR_BYTES) {
      const entry = phi[c * width + j]!;
      if (entry < 0) bytes.set(ORDER_BYTES, at);
      // The order's lowest word is larger than any entry, so nothing is borrowed from the next one.
      view.setUint32(at, entry < 0 ? ORDER_LOW + entry : entry, true);
    }
    bytes.set(blinds.subarray(c * SCALAR_BYTES, (c + 1) * SCALAR_BYTES), at);
    at += SCALAR_BYTES;
  }
  return bytes;
}

/**
 * C_Φ = [f_Φ(τ)]₁.
 *
 * The integers go in as two lists of one-byte scalars, the positive and the negative parts, about
 * twelve times cheaper than field elements; the blinding column alone goes in at full size.
 *
 * @throws what checkIndex throws
 */
export async function commitIndex(index: AttributionIndex, srs: Srs): Promise<G1> {
  checkIndex(index);
  const { phi, positions, width } = index;
  const { G1 } = srs.curve;
  const row = (width + 1) * G1_BYTES;
  const body = new Uint8Array(positions * width * G1_BYTES);
  const blinds = new Uint8Array(positions * G1_BYTES);
  for (let c = 0; c < positions; c++) {
    const points = srs.tauG1.subarray(c * row, (c + 1) * row);
    body.set(points.subarray(0, row - G1_BYTES), c * width * G1_BYTES);
    blinds.set(points.subarray(row - G1_BYTES), c * G1_BYTES);
  }
  const [positive, negative, blinding] = await Promise.all([
    G1.multiExpAffine(
      body,
      Uint8Array.from(phi, (x) => Math.max(x, 0)),
    ),
    G1.multiExpAffine(
      body,
      Uint8Array.from(phi, (x) => Math.max(-x, 0)),
    ),
    G1.multiExpAffine(blinds, scalarBytes(blindingColumn(index.blindingSeed, positions))),
  ]);
  return readG1(srs.curve, G1.add(G1.sub(positive, negative), blinding));
}
