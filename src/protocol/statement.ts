import type { Hex } from "../core/hex.ts";
import type { G1, G2 } from "../crypto/points.ts";
import type { TierName } from "../params/tiers.ts";

/** What a proof is about. A verifier takes every field from the chain or from a file of expectations, never from the prover. */
export interface Statement {
  readonly tier: TierName;
  readonly chainId: bigint;
  /** The settlement contract: domain separation between deployments. */
  readonly settlement: Hex;
  readonly batchKey: Hex;
  readonly indexId: bigint;
  /** The number of the batch's first payment under the index. */
  readonly n0: bigint;
  /** n: positions that the index was registered with; the length of the payout list. */
  readonly positions: number;
  /** C_Φ. */
  readonly indexCommitment: G1;
  /** Units, one for each payment of the batch (count = pools.length ≤ Q). */
  readonly pools: readonly bigint[];
  /** t_q, one for each payment. */
  readonly traces: readonly bigint[];
}

/** What the prover claims and sends along, in the clear. */
export interface Claim {
  /** pay_c in units, n of them. */
  readonly payouts: readonly bigint[];
  /** C_P. */
  readonly payoutCommitment: G1;
  /** U in units. */
  readonly unattributed: bigint;
  /** Where a prover fee goes; the zero address where there is none. Fixed before every challenge, so that nobody can take the proof and the fee. */
  readonly recipient: Hex;
}

export interface Proof {
  readonly h1: bigint;
  readonly h2: bigint;
  readonly y: bigint;
  /** C_q: the masked quotient. */
  readonly cq: G1;
  /** π: the KZG opening at β. */
  readonly opening: G1;
  readonly a: G1;
  readonly b: G2;
  readonly c: G1;
}

/** A statement with its claim and its proof: what the bundle file carries. */
export interface Settlement {
  readonly statement: Statement;
  readonly claim: Claim;
  readonly proof: Proof;
  readonly keyDigest: Hex;
}
