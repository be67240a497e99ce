import type { PointBytes } from "ffjavascript";
import { TributaryError } from "../../core/errors.ts";
import { R } from "../field.ts";
import type { G1 } from "../points.ts";
import { G1_BYTES, readG1, SCALAR_BYTES } from "./curve.ts";
import { divideByLinear, type Polynomial } from "./polynomial.ts";
import type { Srs } from "./srs.ts";

/** Scalars, or coordinates below P, as the multi-exponentiation wants them: 32 bytes each, little-endian, reduced. */
export function scalarBytes(values: readonly bigint[], below: bigint = R): Uint8Array {
  const bytes = new Uint8Array(values.length * SCALAR_BYTES);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (value < 0n || value >= below) {
      throw new TributaryError("TRB_CORE_RANGE", "a coefficient is not a field element", {
        details: value.toString(),
      });
    }
    for (let limb = 0, rest = value; limb < 4; limb++, rest >>= 64n) {
      view.setBigUint64(i * SCALAR_BYTES + limb * 8, rest & 0xffff_ffff_ffff_ffffn, true);
    }
  });
  return bytes;
}

/** Σ_i coefficients_i·[τ^i]₁ in the library's bytes. */
function multiExp(srs: Srs, coefficients: Polynomial): Promise<PointBytes> {
  if (coefficients.length > srs.length) {
    throw new TributaryError("TRB_SRS_SHORT", "the reference string is too short for this polynomial", {
      details: `${coefficients.length} coefficients, ${srs.length} points`,
      hint: "Use a powers-of-tau file of a larger size; every tier states the points that it needs.",
    });
  }
  return srs.curve.G1.multiExpAffine(
    srs.tauG1.subarray(0, coefficients.length * G1_BYTES),
    scalarBytes(coefficients),
  );
}

/** [f(τ)]₁: the KZG commitment to a polynomial. */
export async function commit(srs: Srs, polynomial: Polynomial): Promise<G1> {
  return readG1(srs.curve, await multiExp(srs, polynomial));
}

export interface Opening {
  /** f(x). */
  readonly value: bigint;
  /** [(f(τ) − f(x))/(τ − x)]₁. */
  readonly proof: G1;
}

/** Opens f at x. The pairing e(C − value·G + x·π, G₂) = e(π, [τ]₂) checks it. */
export async function openAt(srs: Srs, polynomial: Polynomial, x: bigint): Promise<Opening> {
  const { quotient, value } = divideByLinear(polynomial, x);
  return { value, proof: await commit(srs, quotient) };
}
