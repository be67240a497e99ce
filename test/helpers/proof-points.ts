import { bn254 } from "@noble/curves/bn254.js";
import type { G1, G2 } from "../../src/crypto/points.ts";
import { type CurvePoint, linearCombination, readG1 } from "../../src/verification/curve.ts";

/** A point's coordinates; infinity as (0, 0). */
const toG1 = (point: CurvePoint): G1 => (point.is0() ? { x: 0n, y: 0n } : point.toAffine());

/** a + b. */
export const addPoints = (a: G1, b: G1): G1 => toG1(readG1(a)!.add(readG1(b)!));

/** Σ scalar·point, scalars in [0, r). */
export const combinePoints = (...terms: readonly (readonly [scalar: bigint, point: G1])[]): G1 =>
  toG1(linearCombination(terms.map(([scalar, point]) => [scalar, readG1(point)!] as const)));

/** A point of the twist outside of the subgroup of order r, as almost all of its points are. */
export function pointOutsideSubgroup(): G2 {
  const { Fp2 } = bn254.fields;
  for (let c0 = 1n; ; c0++) {
    const x = { c0, c1: 7n };
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), bn254.G2.Point.CURVE().b));
      return { x: [x.c0, x.c1], y: [y.c0, y.c1] };
    } catch {
      // Not a square: there is no point with this x.
    }
  }
}
