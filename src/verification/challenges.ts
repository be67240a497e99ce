import type { Settlement } from "../protocol/statement.ts";
import { alpha, beta, join, rho } from "../protocol/transcript.ts";

/** What the transcript of a settlement gives: all computed again, none taken from a bundle. */
export interface Challenges {
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly rho: bigint;
  /** ρ'. */
  readonly join: bigint;
}

/** The four challenges, in the order in which the prover was bound by them. */
export function challengesOf({ statement, claim, proof, keyDigest }: Settlement): Challenges {
  const a = alpha({ statement, claim, keyDigest, h1: proof.h1 });
  const b = beta({ alpha: a, cq: proof.cq, h2: proof.h2 });
  return { alpha: a, beta: b, rho: rho(b), join: join(b, proof) };
}
