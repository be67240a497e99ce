import type { Curve } from "ffjavascript";
import { mod, pow } from "../crypto/field.ts";
import { type G1, G1_GENERATOR, type G2, G2_GENERATOR } from "../crypto/points.ts";
import { rowWidth, TIERS } from "../params/tiers.ts";
import type { Settlement } from "../protocol/statement.ts";
import { evaluate, statementVector } from "../protocol/statement-vector.ts";
import * as transcript from "../protocol/transcript.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import type { Groth16Backend, PairingTerms } from "./backend.ts";

/**
 * Whether the five-pairing check holds, everything taken from the settlement as a verifier would: what
 * a prover asks before it hands a proof out. It is not the verifier: that one is written apart, with
 * another curve library, and checks forms and points too.
 */
export function provesItself(
  { backend, curve }: { readonly backend: Groth16Backend; readonly curve: Curve },
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
  const inputs = [1n, proof.h2, beta, proof.y];
  const joined = [
    ...inputs.map((input, i) => [-input, key.ic[i]!] as const),
    [join, statement.indexCommitment],
    [-join * (pow(beta, BigInt(rowWidth(tier))) - alpha), proof.cq],
    [join * rho, claim.payoutCommitment],
    [-join * opened, G1_GENERATOR],
    [join * beta, proof.opening],
  ] as const;
  const terms = (sum: readonly (readonly [bigint, G1])[], twist: G2): PairingTerms => ({
    sum: sum.map(([scalar, point]) => [mod(scalar), point]),
    twist,
  });
  return backend.productIsOne(
    [
      terms([[1n, proof.a]], proof.b),
      terms([[-1n, key.alpha]], key.beta),
      terms(joined, G2_GENERATOR),
      terms([[-1n, proof.c]], key.delta),
      terms([[-join, proof.opening]], key.tau),
    ],
    curve,
  );
}
