import { pack } from "../crypto/packing.ts";
import type { HashChain } from "../crypto/poseidon.ts";
import { HASH_TAG } from "../params/tags.ts";
import type { Statement } from "../protocol/statement.ts";
import type { Slots } from "./slots.ts";

/** h1 = H_scores(pack(S), every slot's m_q, blind1): fixes the scores and every u before α is drawn. */
export const bindScores = (hash: HashChain, slots: Slots, blind1: bigint): bigint =>
  hash(HASH_TAG.scores, [
    ...pack(
      "score",
      slots.scores.flatMap((row) => Array.from(row)),
    ),
    ...slots.commitments,
    blind1,
  ]);

export interface FoldHashInput {
  readonly statement: Statement;
  readonly slots: Slots;
  readonly unattributed: bigint;
  readonly alpha: bigint;
  readonly h1: bigint;
  /** w coefficients. */
  readonly folded: readonly bigint[];
  readonly mask: readonly [bigint, bigint];
  readonly blind2: bigint;
}

/** h2 = H_fold(…): fixes the folded rows and the mask before β is drawn. */
export const bindFold = (hash: HashChain, input: FoldHashInput): bigint =>
  hash(HASH_TAG.fold, [
    input.h1,
    input.alpha,
    input.statement.indexId,
    input.statement.n0,
    input.unattributed,
    ...pack("amount", input.slots.pools),
    ...input.folded,
    ...input.mask,
    input.blind2,
  ]);
