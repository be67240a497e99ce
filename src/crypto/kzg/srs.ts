import type { Curve } from "ffjavascript";
import { TributaryError } from "../../core/errors.ts";
import { openSectionFile, type SectionFile } from "../../files/section-file.ts";
import { P } from "../field.ts";
import { G1_GENERATOR, type G2, G2_GENERATOR } from "../points.ts";
import { G1_BYTES, G2_BYTES, g1Bytes, g2Bytes, readG2 } from "./curve.ts";

/** Powers of a secret τ: the KZG reference string. */
export interface Srs {
  readonly curve: Curve;
  /** The `.ptau` file that it was read from. */
  readonly path: string;
  /** [τ^0]₁ … [τ^(length−1)]₁, affine in Montgomery form, 64 bytes each. */
  readonly tauG1: Uint8Array;
  readonly length: number;
  /** [τ]₂. */
  readonly tau2: G2;
}

/** Sections of a snarkjs powers-of-tau file. */
const HEADER = 1;
const TAU_G1 = 2;
const TAU_G2 = 3;

/** Points, spread over the file, whose curve equation is checked; a digest is what vouches for the rest. */
const SAMPLES = 64;

/** Header: bytes of a coordinate (u32), p, power (u32), power of the whole ceremony (u32). */
async function checkHeader(file: SectionFile): Promise<void> {
  const header = await file.read(HEADER);
  const coordinate = header.length === 44 ? header.subarray(4, 36) : Buffer.alloc(32);
  if (BigInt(`0x${Buffer.from(coordinate).reverse().toString("hex")}`) !== P) {
    throw corrupt(file, "it is not for the curve BN254");
  }
}

function corrupt(file: SectionFile, details: string): TributaryError {
  return new TributaryError("TRB_SRS_CORRUPT", "the powers-of-tau file is not usable", {
    details: `${file.path}: ${details}`,
    hint: "Delete it and run `make setup`, or fetch the ceremony's file again and check its digest.",
  });
}

/**
 * Reads the first `length` powers from a snarkjs `.ptau` file of any size (also one that ends
 * after its first two powers of G2).
 *
 * Checked: curve, sizes, that the first powers are the generators, that sampled points are on the
 * curve, and that [τ]₁ and [τ]₂ belong to one τ. Whether the other powers are of that τ is what the
 * file's published digest is for.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_SRS_SHORT, TRB_SRS_CORRUPT
 */
export async function readSrs(curve: Curve, path: string, length: number): Promise<Srs> {
  const file = await openSectionFile(path, "ptau");
  try {
    await checkHeader(file);
    if (file.size(TAU_G1) < length * G1_BYTES) {
      throw new TributaryError("TRB_SRS_SHORT", "the powers-of-tau file has too few powers for this tier", {
        details: `${path}: ${file.size(TAU_G1) / G1_BYTES} powers, ${length} are needed`,
        hint: "Run `make setup` for the tier, or use a larger ceremony file.",
      });
    }
    const tauG1 = await file.read(TAU_G1, 0, length * G1_BYTES);
    const g2 = await file.read(TAU_G2, 0, 2 * G2_BYTES);
    await checkPoints(curve, file, tauG1, g2);
    return { curve, path, tauG1, length, tau2: readG2(curve, g2.subarray(G2_BYTES)) };
  } finally {
    await file.close();
  }
}

async function checkPoints(curve: Curve, file: SectionFile, tauG1: Buffer, g2: Buffer): Promise<void> {
  const point = (i: number): Uint8Array => tauG1.subarray(i * G1_BYTES, (i + 1) * G1_BYTES);
  const [one, tau] = [g2.subarray(0, G2_BYTES), g2.subarray(G2_BYTES)];
  if (
    !curve.G1.eq(point(0), g1Bytes(curve, G1_GENERATOR)) ||
    !curve.G2.eq(one, g2Bytes(curve, G2_GENERATOR))
  ) {
    throw corrupt(file, "its first powers are not the generators");
  }
  const count = tauG1.length / G1_BYTES;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const at = Math.floor((sample * (count - 1)) / (SAMPLES - 1));
    if (curve.G1.isZero(point(at)) || !curve.G1.isValid(point(at))) {
      throw corrupt(file, `power ${at} is not a point of the curve`);
    }
  }
  if (curve.G2.isZero(tau) || !curve.G2.isValid(tau)) throw corrupt(file, "[τ]₂ is not a point of the curve");
  if (!(await curve.pairingEq(point(1), one, curve.G1.neg(point(0)), tau))) {
    throw corrupt(file, "[τ]₁ and [τ]₂ are not of one τ");
  }
}
