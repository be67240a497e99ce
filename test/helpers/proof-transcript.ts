import { TIERS } from "../../src/params/tiers.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import { type AlphaInput, alpha, beta, join, rho } from "../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { equationHolds, readPoints } from "../../src/verification/equation.ts";
import { readKey } from "../../src/verification/key.ts";

/** The four challenges as functions of what they are drawn from: a mutant replaces one of them. */
export interface Transcript {
  alpha(input: AlphaInput): bigint;
  beta(input: Parameters<typeof beta>[0]): bigint;
  rho(beta: bigint): bigint;
  join(beta: bigint, proof: Parameters<typeof join>[1]): bigint;
}

export const PRODUCT_TRANSCRIPT: Transcript = { alpha, beta, rho, join };

/**
 * What a verifier with another transcript says: the product's equation, on the product's curve code, with challenges that
 * leave something out. With no change it is the product's verifier, less its checks of forms.
 */
export function acceptedByMutant(
  settlement: Settlement,
  key: VerifyingKey,
  change: Partial<Transcript>,
): boolean {
  const transcript = { ...PRODUCT_TRANSCRIPT, ...change };
  const { statement, claim, proof, keyDigest } = settlement;
  const drawn = transcript.alpha({ statement, claim, keyDigest, h1: proof.h1 });
  const point = transcript.beta({ alpha: drawn, cq: proof.cq, h2: proof.h2 });
  const challenges = {
    alpha: drawn,
    beta: point,
    rho: transcript.rho(point),
    join: transcript.join(point, proof),
  };
  const points = readPoints(settlement);
  const keyPoints = readKey(key);
  if (Array.isArray(points) || "code" in keyPoints) return false;
  return equationHolds(settlement, TIERS[statement.tier], keyPoints, points, challenges);
}
