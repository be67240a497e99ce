import { inverse, mod, pow } from "../../src/crypto/field.ts";
import type { G1 } from "../../src/crypto/points.ts";
import { rowWidth, TIERS } from "../../src/params/tiers.ts";
import type { Trapdoor } from "../../src/proof/development/secrets.ts";
import type { Claim, Settlement, Statement } from "../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../src/protocol/statement-vector.ts";
import * as transcript from "../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { linearCombination, readG1 } from "../../src/verification/curve.ts";
import { g1, g2 } from "./trapdoor.ts";

const combined = (terms: readonly (readonly [bigint, G1])[]): G1 => {
  const sum = linearCombination(terms.map(([scalar, point]) => [mod(scalar), readG1(point)!]));
  return sum.is0() ? { x: 0n, y: 0n } : sum.toAffine();
};

/**
 * What whoever knows a key's secrets can do: a proof of any statement and any payouts, without index, traces or witness. Nothing
 * of the statement is the forger's: C_Φ may be anybody's.
 */
export function forgedProof(
  { alpha, beta, delta, tau }: Trapdoor,
  key: VerifyingKey,
  statement: Statement,
  claim: Claim,
): Settlement {
  const tier = TIERS[statement.tier];
  const keyDigest = transcript.keyDigest(key);
  const [h1, h2, y, a, b] = [11n, 12n, 13n, 14n, 15n] as const;
  const cq = g1(16n);
  const challenge = transcript.alpha({ statement, claim, keyDigest, h1 });
  const point = transcript.beta({ alpha: challenge, cq, h2 });
  const rho = transcript.rho(point);
  const stated = evaluate(statementVector(tier, { ...statement, ...claim }, challenge, h1), point);
  const away = inverse(mod(tau - point));
  const opening = combined([
    [away, statement.indexCommitment],
    [-away * mod(pow(point, BigInt(rowWidth(tier))) - challenge), cq],
    [away * rho, claim.payoutCommitment],
    [-away * mod(y - rho * rho * stated), g1(1n)],
  ]);
  const divided = inverse(delta);
  const c = combined([
    [divided * mod(a * b - alpha * beta), g1(1n)],
    ...[1n, h2, point, y].map((input, i) => [-divided * input, key.ic[i]!] as const),
  ]);
  return { statement, claim, keyDigest, proof: { h1, h2, y, cq, opening, a: g1(a), b: g2(b), c } };
}
