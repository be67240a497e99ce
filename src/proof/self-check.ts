import type { Curve, PointBytes } from "ffjavascript";
import { mod, pow } from "../core/field.ts";
import { g1Bytes, g2Bytes } from "../core/kzg/curve.ts";
import { type G1, G1_GENERATOR, G2_GENERATOR } from "../core/points.ts";
import type { Settlement } from "../core/statement.ts";
import { evaluate, statementVector } from "../core/statement-vector.ts";
import * as transcript from "../core/transcript.ts";
import type { VerifyingKey } from "../core/verifying-key.ts";
import { rowWidth, TIERS } from "../params/tiers.ts";

/** Σ scalar·point. */
function sum(curve: Curve, terms: readonly (readonly [bigint, G1])[]): PointBytes {
  return terms.reduce(
    (total, [scalar, point]) =>
      curve.G1.add(total, curve.G1.timesFr(g1Bytes(curve, point), curve.Fr.e(mod(scalar)))),
    curve.G1.zero,
  );
}

/**
 * Whether the five-pairing check holds, everything taken from the settlement as a verifier would: what
 * a prover asks before it hands a proof out. It is not the verifier: that one is written apart, with
 * another curve library, and checks forms and points too.
 */
export async function provesItself(
  curve: Curve,
  key: VerifyingKey,
  settlement: Settlement,
): Promise<boolean> {
  const { statement, claim, proof, keyDigest } = settlement;
  const tier = TIERS[statement.tier];
  const alpha = transcript.alpha({ statement, claim, keyDigest, h1: proof.h1 });
  const beta = transcript.beta({ alpha, cq: proof.cq, h2: proof.h2 });
  const rho = transcript.rho(beta);
  const join = transcript.join(beta, proof);
  const D = statementVector(tier, { ...statement, ...claim }, alpha, proof.h1);
  const opened = proof.y - rho * rho * evaluate(D, beta);
  const inputs = [1n, proof.h2, beta, rho, proof.y];
  const joined = sum(curve, [
    ...inputs.map((input, i) => [-input, key.ic[i]!] as const),
    [join, statement.indexCommitment],
    [-join * (pow(beta, BigInt(rowWidth(tier))) - alpha), proof.cq],
    [join * rho, claim.payoutCommitment],
    [-join * opened, G1_GENERATOR],
    [join * beta, proof.opening],
  ]);
  return curve.pairingEq(
    g1Bytes(curve, proof.a),
    g2Bytes(curve, proof.b),
    sum(curve, [[-1n, key.alpha]]),
    g2Bytes(curve, key.beta),
    joined,
    g2Bytes(curve, G2_GENERATOR),
    sum(curve, [[-1n, proof.c]]),
    g2Bytes(curve, key.delta),
    sum(curve, [[-join, proof.opening]]),
    g2Bytes(curve, key.tau),
  );
}
