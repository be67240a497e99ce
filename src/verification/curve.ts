import { bn254 } from "@noble/curves/bn254.js";
import { P } from "../crypto/field.ts";
import type { G1, G2 } from "../crypto/points.ts";

/**
 * BN254 as the EVM's precompiles see it (EIP-196, EIP-197), on @noble/curves: a second
 * implementation beside the one that proves. noble's `fromAffine` asks neither for the curve equation
 * nor for the subgroup, and version 2.4 throws for some coordinates (y = 0, ≥ p), so that canonical form,
 * the equation and the subgroup are asked for here, explicitly. (0, 0) is the point at infinity, as in the precompiles.
 */
export type CurvePoint = ReturnType<typeof bn254.G1.Point.fromAffine>;
export type TwistPoint = ReturnType<typeof bn254.G2.Point.fromAffine>;

/** G: the generator of G1. */
export const GENERATOR: CurvePoint = bn254.G1.Point.BASE;

const canonical = (coordinate: bigint): boolean => coordinate >= 0n && coordinate < P;

/** The point, or undefined where a coordinate is ≥ p or the point is not on the curve (G1 has cofactor 1). */
export function readG1({ x, y }: G1): CurvePoint | undefined {
  if (!canonical(x) || !canonical(y)) return undefined;
  if (x === 0n && y === 0n) return bn254.G1.Point.ZERO;
  return validated(() => bn254.G1.Point.fromAffine({ x, y }));
}

/** The point, or undefined where a coordinate is ≥ p, off the twist, or outside of the subgroup of order r. */
export function readG2({ x, y }: G2): TwistPoint | undefined {
  const coordinates = [...x, ...y];
  if (!coordinates.every(canonical)) return undefined;
  if (coordinates.every((coordinate) => coordinate === 0n)) return bn254.G2.Point.ZERO;
  return validated(() => bn254.G2.Point.fromAffine({ x: { c0: x[0], c1: x[1] }, y: { c0: y[0], c1: y[1] } }));
}

/** What was read, where it is a point. noble's `fromAffine` throws by itself for y = 0, which no point has. */
function validated<Point extends CurvePoint | TwistPoint>(read: () => Point): Point | undefined {
  try {
    const point = read();
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

/** Σ scalar·point. Scalars are in [0, r), public, so that constant time is not needed. */
export function linearCombination(
  terms: readonly (readonly [scalar: bigint, point: CurvePoint])[],
): CurvePoint {
  return terms.reduce((sum, [scalar, point]) => sum.add(point.multiplyUnsafe(scalar)), bn254.G1.Point.ZERO);
}

/** Whether Π e(P_i, Q_i) = 1; a pair with a point at infinity contributes 1, as in EIP-197. */
export function pairingProductIsOne(pairs: readonly (readonly [CurvePoint, TwistPoint])[]): boolean {
  const finite = pairs.filter(([g1, g2]) => !g1.is0() && !g2.is0());
  const product = bn254.pairingBatch(finite.map(([g1, g2]) => ({ g1, g2 })));
  return bn254.fields.Fp12.eql(product, bn254.fields.Fp12.ONE);
}
