import { mod, pow } from "../crypto/field.ts";
import { rowWidth, type Tier } from "../params/tiers.ts";
import type { Settlement } from "../protocol/statement.ts";
import { evaluate, statementVector } from "../protocol/statement-vector.ts";
import type { Challenges } from "./challenges.ts";
import {
  type CurvePoint,
  GENERATOR,
  linearCombination,
  pairingProductIsOne,
  readG1,
  readG2,
  type TwistPoint,
} from "./curve.ts";
import type { KeyPoints } from "./key.ts";
import type { Failure } from "./verdict.ts";

/** The points of a settlement, checked. */
export interface SettlementPoints {
  readonly indexCommitment: CurvePoint;
  readonly payoutCommitment: CurvePoint;
  readonly cq: CurvePoint;
  readonly opening: CurvePoint;
  readonly a: CurvePoint;
  readonly b: TwistPoint;
  readonly c: CurvePoint;
}

/** Reads every point that a settlement carries, or names those that are not points. */
export function readPoints({ statement, claim, proof }: Settlement): SettlementPoints | Failure[] {
  const points = {
    indexCommitment: readG1(statement.indexCommitment),
    payoutCommitment: readG1(claim.payoutCommitment),
    cq: readG1(proof.cq),
    opening: readG1(proof.opening),
    a: readG1(proof.a),
    b: readG2(proof.b),
    c: readG1(proof.c),
  };
  const failures = Object.entries(points)
    .filter(([, point]) => point === undefined)
    .map(
      ([name]): Failure => ({
        code: "TRB_VERIFY_POINT",
        message: `${name} is not a point in canonical form`,
      }),
    );
  return failures.length > 0 ? failures : (points as SettlementPoints);
}

/**
 * The one pairing product of docs/protocol.md, as the contract computes it:
 *
 *   e(A,B)·e(−α₁,β₂)·e(−L + ρ'·(F − (y − ρ²D(β))·G + β·π), G₂)·e(−C,δ)·e(−ρ'·π, [τ]₂) = 1
 *
 * with L = IC₀ + h2·IC₁ + β·IC₂ + y·IC₃ (Groth16's public part) and
 * F = C_Φ − (β^w − α)·C_q + ρ·C_P (what π opens at β). That C_P commits to the payouts of the
 * claim needs no reference string here: the circuit evaluates f_P from the payouts that D(β)
 * binds, and the opening ties f_P(β) to C_P.
 */
export function equationHolds(
  settlement: Settlement,
  tier: Tier,
  key: KeyPoints,
  points: SettlementPoints,
  { alpha, beta, rho, join }: Challenges,
): boolean {
  const { statement, claim, proof } = settlement;
  const stated = evaluate(statementVector(tier, { ...statement, ...claim }, alpha, proof.h1), beta);
  const value = mod(proof.y - rho * rho * stated);
  const shift = mod(pow(beta, BigInt(rowWidth(tier))) - alpha);
  const [ic0, icH2, icBeta, icY] = key.ic as [CurvePoint, CurvePoint, CurvePoint, CurvePoint];
  const shared = linearCombination([
    [1n, ic0.negate()],
    [mod(-proof.h2), icH2],
    [mod(-beta), icBeta],
    [mod(-proof.y), icY],
    [join, points.indexCommitment],
    [mod(-join * shift), points.cq],
    [mod(join * rho), points.payoutCommitment],
    [mod(-join * value), GENERATOR],
    [mod(join * beta), points.opening],
  ]);
  return pairingProductIsOne([
    [points.a, points.b],
    [key.alpha.negate(), key.beta],
    [shared, key.gamma],
    [points.c.negate(), key.delta],
    [linearCombination([[mod(-join), points.opening]]), key.tau],
  ]);
}
