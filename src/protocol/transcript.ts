import type { Hex } from "../core/hex.ts";
import { pow } from "../crypto/field.ts";
import { pack } from "../crypto/packing.ts";
import type { G1 } from "../crypto/points.ts";
import { challenge, g1Words, g2Words, keccak, keccakWords } from "../crypto/words.ts";
import { RHO_SQUARINGS } from "../params/bits.ts";
import { paramsDigest } from "../params/digest.ts";
import { TRANSCRIPT_TAG } from "../params/tags.ts";
import { TIERS } from "../params/tiers.ts";
import type { Claim, Proof, Statement } from "./statement.ts";
import type { VerifyingKey } from "./verifying-key.ts";

/*
 * The Fiat-Shamir transcript of docs/encodings.md, "Keccak transcript". Every value that a prover
 * could still choose is hashed before the challenge that it must not depend on; the order of calls
 * is alpha, beta, join.
 */

/** What a proof has to know about a registered index. */
export interface ProvenIndex {
  readonly datanetId: bigint;
  /** n. */
  readonly positions: number;
  /** The verifier's four bytes. */
  readonly selector: Hex;
  /** C_Φ. */
  readonly commitment: G1;
}

/** What ties a batch to a deployment: everything that `commitBatch` fixes. */
export interface BatchKeyInput {
  readonly chainId: bigint;
  readonly treasury: Hex;
  readonly indexId: bigint;
  readonly index: ProvenIndex;
  readonly n0: bigint;
  readonly operator: Hex;
  /** Seconds since 1970. */
  readonly deadline: bigint;
  /** Where among the operator's the treasury keeps the batch's record. */
  readonly place: bigint;
  /** Units of the fees that are the prover's. */
  readonly proverShare: bigint;
  /** Units, one for each payment. */
  readonly pools: readonly bigint[];
  /** t_q, one for each payment. */
  readonly traces: readonly bigint[];
}

/** The digest that names a verifying key; its first four bytes are the verifier's selector. */
export function keyDigest(key: VerifyingKey): Hex {
  const tier = TIERS[key.tier];
  return keccakWords([
    TRANSCRIPT_TAG.key,
    paramsDigest(),
    BigInt(tier.traces),
    BigInt(tier.positions),
    BigInt(tier.width),
    ...g1Words(key.alpha),
    ...g2Words(key.beta),
    ...g2Words(key.delta),
    ...g2Words(key.tau),
    ...key.ic.flatMap(g1Words),
  ]);
}

/** A batch's key: 32 bytes, not reduced. */
export function batchKey(batch: BatchKeyInput): Hex {
  return keccakWords([
    TRANSCRIPT_TAG.batch,
    batch.chainId,
    batch.treasury,
    batch.indexId,
    batch.index.datanetId,
    BigInt(batch.index.positions),
    // bytes4 stands at the left of its word.
    BigInt(batch.index.selector) << 224n,
    ...g1Words(batch.index.commitment),
    batch.n0,
    batch.operator,
    batch.deadline,
    batch.place,
    batch.proverShare,
    BigInt(batch.pools.length),
    keccakWords(pack("amount", batch.pools)),
    keccakWords(batch.traces),
  ]);
}

export interface AlphaInput {
  readonly statement: Statement;
  readonly claim: Claim;
  readonly keyDigest: Hex;
  readonly h1: bigint;
}

/**
 * α: after the scores (h1), the payouts (C_P and the calldata) and the whole of the verifier's
 * statement vector, before the rows are folded. An entry of that vector left out here could be chosen
 * after β, to absorb any difference between the verifier's copy and the circuit's.
 */
export function alpha({ statement, claim, keyDigest, h1 }: AlphaInput): bigint {
  return challenge([
    TRANSCRIPT_TAG.alpha,
    statement.chainId,
    statement.settlement,
    keyDigest,
    statement.batchKey,
    statement.indexId,
    statement.n0,
    BigInt(statement.pools.length),
    BigInt(statement.positions),
    statement.pools.reduce((sum, pool) => sum + pool, 0n),
    claim.unattributed,
    ...g1Words(statement.indexCommitment),
    ...g1Words(claim.payoutCommitment),
    h1,
    claim.recipient,
    keccakWords(pack("amount", statement.pools)),
    keccakWords(statement.traces),
    keccakWords(pack("amount", claim.payouts)),
  ]);
}

/** β: after v and the mask (h2) and the quotient (C_q), before any evaluation. */
export const beta = (input: { readonly alpha: bigint; readonly cq: G1; readonly h2: bigint }): bigint =>
  challenge([TRANSCRIPT_TAG.beta, input.alpha, ...g1Words(input.cq), input.h2]);

/** ρ: keeps the terms of y apart. A power of β that no committed polynomial reaches: a smaller one could be absorbed by v. */
export const rho = (beta: bigint): bigint => pow(beta, 1n << BigInt(RHO_SQUARINGS));

/** ρ': joins the Groth16 equation and the KZG equation, which share the slot of G₂. */
export const join = (beta: bigint, proof: Pick<Proof, "y" | "a" | "b" | "c" | "opening">): bigint =>
  challenge([
    TRANSCRIPT_TAG.join,
    beta,
    proof.y,
    ...g1Words(proof.a),
    ...g2Words(proof.b),
    ...g1Words(proof.c),
    ...g1Words(proof.opening),
  ]);

/** io: what a trace says about the request and the output that were served. */
export const ioDigest = (request: Uint8Array, output: Uint8Array): bigint =>
  challenge([TRANSCRIPT_TAG.io, keccak(request), keccak(output)]);
