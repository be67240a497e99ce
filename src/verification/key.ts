import { G2_GENERATOR } from "../crypto/points.ts";
import { PUBLIC_SIGNALS } from "../params/tags.ts";
import { isForgeableOn } from "../protocol/development-key.ts";
import type { Settlement } from "../protocol/statement.ts";
import { keyDigest } from "../protocol/transcript.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import { type CurvePoint, readG1, readG2, type TwistPoint } from "./curve.ts";
import type { Failure } from "./verdict.ts";

/** A verifying key as points that were checked. */
export interface KeyPoints {
  readonly alpha: CurvePoint;
  readonly beta: TwistPoint;
  readonly gamma: TwistPoint;
  readonly delta: TwistPoint;
  readonly tau: TwistPoint;
  readonly ic: readonly CurvePoint[];
}

/**
 * Reads a pinned key, or says why it cannot be used. δ₂ = γ₂ is refused: with it a proof for any
 * public inputs is made from a proof for others (C absorbs the difference of L), and so are the
 * points at infinity, with which a pairing of the equation says nothing.
 */
export function readKey(key: VerifyingKey): KeyPoints | Failure {
  const failure = (message: string): Failure => ({ code: "TRB_VERIFY_KEY", message });
  const alpha = readG1(key.alpha);
  const beta = readG2(key.beta);
  const gamma = readG2(G2_GENERATOR);
  const delta = readG2(key.delta);
  const tau = readG2(key.tau);
  const ic = key.ic.map(readG1);
  if (!alpha || !beta || !gamma || !delta || !tau || !ic.every((point) => point !== undefined)) {
    return failure("a point of the verifying key is not on its curve, or not in its subgroup");
  }
  if (alpha.is0() || [beta, delta, tau].some((point) => point.is0())) {
    return failure("a point of the verifying key is the point at infinity");
  }
  if (delta.equals(gamma))
    return failure("delta equals gamma in the verifying key: every proof can be forged");
  if (ic.length !== PUBLIC_SIGNALS.length + 1) {
    return failure(`the verifying key is for ${ic.length - 1} public signals, not ${PUBLIC_SIGNALS.length}`);
  }
  return { alpha, beta, gamma, delta, tau, ic };
}

/**
 * Whether a settlement was made for the pinned key, the tier and the digest of every point of it, and whether that key says
 * anything about the settlement's chain.
 */
export function keyFailures(settlement: Settlement, key: VerifyingKey): Failure[] {
  const failures: Failure[] = [];
  const { tier, chainId } = settlement.statement;
  if (isForgeableOn(key, chainId)) {
    failures.push({
      code: "TRB_VERIFY_DEVELOPMENT_KEY",
      message: `the pinned key is a development key: anybody can forge under it, so a proof for chain ${chainId} says nothing`,
    });
  }
  if (tier !== key.tier) {
    failures.push({
      code: "TRB_VERIFY_TIER",
      message: `the bundle is of tier ${tier}, the key of tier ${key.tier}`,
    });
  }
  const digest = keyDigest(key);
  if (settlement.keyDigest.toLowerCase() !== digest) {
    failures.push({
      code: "TRB_VERIFY_KEY",
      message: `the bundle was made for key ${settlement.keyDigest}, the pinned key is ${digest}`,
    });
  }
  return failures;
}
