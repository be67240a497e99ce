import { type Split, splitPools } from "../../src/attribution/rewards.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { indexPolynomial } from "../../src/commitment/index-commitment.ts";
import { payoutPolynomial } from "../../src/commitment/payouts.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { mod, pow } from "../../src/crypto/field.ts";
import { commit, openAt } from "../../src/crypto/kzg/commit.ts";
import { foldRows } from "../../src/crypto/kzg/fold.ts";
import { combine, type Polynomial } from "../../src/crypto/kzg/polynomial.ts";
import type { G1 } from "../../src/crypto/points.ts";
import { randomScalar } from "../../src/crypto/random-scalar.ts";
import { rowWidth, TIERS } from "../../src/params/tiers.ts";
import { snarkjsBackend } from "../../src/proof/snarkjs-backend.ts";
import type { Claim, Settlement } from "../../src/protocol/statement.ts";
import { statementVector } from "../../src/protocol/statement-vector.ts";
import { circuitInput } from "../../src/witness/circuit-input.ts";
import { evaluateAtBeta } from "../../src/witness/evaluation.ts";
import { bindFold, bindScores } from "../../src/witness/hashes.ts";
import { fillSlots, type Slots } from "../../src/witness/slots.ts";
import { type Example, RECIPIENT } from "./proof-example.ts";
import type { ProofTools } from "./proof-tools.ts";
import { PRODUCT_TRANSCRIPT, type Transcript } from "./proof-transcript.ts";

/** Where a dishonest prover leaves the protocol. Each step not named here is done as the product's prover does it. */
export interface Deviation {
  /** The verifier that the prover hopes for. */
  readonly transcript?: Partial<Transcript>;
  /** Scores that are stated instead of u·Φ. */
  readonly scores?: readonly Int32Array[];
  /** C_P to state, given the one of the payouts. */
  readonly payoutCommitment?: (honest: G1) => G1;
  /** Other scores with the same split, once α and v are known. */
  readonly scoresAfterAlpha?: (alpha: bigint, folded: readonly bigint[]) => readonly Int32Array[];
  /** Another v and another mask, once β is known. */
  readonly foldAfterBeta?: (drawn: FoldAtBeta) => Pick<FoldAtBeta, "folded" | "mask">;
}

/** What the circuit's first term of y is made of. */
export interface FoldAtBeta {
  readonly alpha: bigint;
  readonly beta: bigint;
  /** v. */
  readonly folded: readonly bigint[];
  /** s_0, s_1. */
  readonly mask: readonly [bigint, bigint];
}

/** A settlement with what its maker still knows about it. */
export interface Forged {
  readonly settlement: Settlement;
  readonly beta: bigint;
  readonly rho: bigint;
  /** f_P of the payouts. */
  readonly payouts: Polynomial;
  /** F, which π opens at β. */
  readonly opened: Polynomial;
}

/**
 * A prover that does as it likes, with the real circuit, the real proving key and the reference string's points. It checks
 * nothing of its own: what comes out is for verifiers to judge.
 *
 * @throws TRB_PROOF_WITNESS where not even a dishonest input satisfies the circuit
 */
export async function forge(
  { keys, srs, hash }: ProofTools,
  { index, statement, traces }: Example,
  deviation: Deviation = {},
): Promise<Forged> {
  const tier = TIERS[statement.tier];
  const transcript = { ...PRODUCT_TRANSCRIPT, ...deviation.transcript };
  const commitments = traces.map((trace) => commitTrace(trace, hash));
  const slotsOf = (scores: readonly Int32Array[], split: Split): Slots =>
    fillSlots({ statement, traces, commitments, scores, split });

  const scores = deviation.scores ?? traces.map(({ u }) => scoreTrace(u, index));
  const split = splitPools(scores, statement.pools);
  const blind1 = randomScalar();
  let slots = slotsOf(scores, split);
  let h1 = bindScores(hash, slots, blind1);
  const payouts = payoutPolynomial(split.payouts, tier.positions);
  const honest = await commit(srs, payouts);
  const claim: Claim = {
    payouts: split.payouts.slice(0, statement.positions),
    payoutCommitment: deviation.payoutCommitment?.(honest) ?? honest,
    unattributed: split.unattributed,
    recipient: RECIPIENT,
  };
  const alpha = transcript.alpha({ statement, claim, keyDigest: keys.keyDigest, h1 });

  const polynomial = indexPolynomial(index);
  const { folded: honestFold, quotient } = foldRows(polynomial, rowWidth(tier), alpha);
  if (deviation.scoresAfterAlpha) {
    slots = slotsOf(deviation.scoresAfterAlpha(alpha, honestFold), split);
    h1 = bindScores(hash, slots, blind1);
  }
  const honestMask = [randomScalar(), randomScalar()] as const;
  const blind2 = randomScalar();
  const cq = await commit(srs, combine([1n, quotient], [1n, honestMask]));
  const foldHash = ({ folded, mask }: Pick<FoldAtBeta, "folded" | "mask">): bigint =>
    bindFold(hash, { statement, slots, unattributed: split.unattributed, alpha, h1, folded, mask, blind2 });
  const honestly = { folded: honestFold, mask: honestMask };
  const beta = transcript.beta({ alpha, cq, h2: foldHash(honestly) });
  const rho = transcript.rho(beta);
  const { folded, mask } = deviation.foldAfterBeta?.({ alpha, beta, ...honestly }) ?? honestly;
  const h2 = foldHash({ folded, mask });

  // The circuit's copy of D: its own traces and all C payouts, whatever the statement says.
  const D = statementVector(
    tier,
    { ...statement, ...claim, traces: commitments, payouts: split.payouts },
    alpha,
    h1,
  );
  const { y } = evaluateAtBeta({
    alpha,
    beta,
    rho,
    folded,
    mask,
    payoutPolynomial: payouts,
    statementVector: D,
  });
  const secrets = { folded, mask, blind1, blind2 };
  const input = circuitInput({ statement, slots, split, ...secrets, alpha, h1, h2, beta, y });
  const witness = await snarkjsBackend.witness(keys.wasm.path, input);
  const { a, b, c } = await snarkjsBackend.groth16(keys.zkey.path, witness);
  const factor = mod(alpha - pow(beta, BigInt(rowWidth(tier))));
  const opened = combine([1n, polynomial], [factor, quotient], [factor, honestMask], [rho, payouts]);
  const { proof: opening } = await openAt(srs, opened, beta);

  const proof = { h1, h2, y, cq, opening, a, b, c };
  return { settlement: { statement, claim, proof, keyDigest: keys.keyDigest }, beta, rho, payouts, opened };
}
