import type { RowGradient } from "../../attribution/objective.ts";
import type { Hex } from "../../core/hex.ts";
import type { ReportContent } from "../schema.ts";

/** Why an explanation cannot be given: what was proven and what is here are not the same. */
export interface ExplainFailure {
  readonly code: `TRB_${string}`;
  readonly message: string;
}

/** A row of the position with its part in one score. */
export interface ExplainedRow {
  /** Its number among the DataNet's rows, from 0. */
  readonly row: number;
  readonly label: string;
  readonly content: ReportContent;
  /** u·φ_i in the units of the scores, unrounded. */
  readonly exact: number;
  /** The whole number that stands for it in the score. */
  readonly part: number;
  /** a_q·part, in units of 2^-32 of a unit of money: negative where the row harmed the answer. */
  readonly numerator: bigint;
}

/** Many rows, or the rounding, on one line. */
export interface ExplainedSum {
  readonly rows: number;
  readonly part: number;
  readonly numerator: bigint;
}

/** One inference's share of a payout. part + … = score and numerators add up exactly. */
export interface ExplainedInference {
  /** n_q. */
  readonly payment: bigint;
  /** Bound by io, which the trace's commitment holds. */
  readonly request: ReportContent;
  readonly served: string;
  readonly probability: number;
  readonly io: bigint;
  /** t_q. */
  readonly trace: bigint;
  /** Units. */
  readonly pool: bigint;
  /** W_q: the sum of all positive scores. */
  readonly weight: bigint;
  /** a_q = ⌊pool·2^32 / W⌋. */
  readonly rate: bigint;
  /** S_qc. */
  readonly score: number;
  /** Half of the 95 % interval around the score, in its units: what k columns and 8 bits leave out. */
  readonly margin: number;
  /** Whether the interval is above 0. */
  readonly sure: boolean;
  /** Rows of the position whose own part is above 0, and below: with the whole objective's gradient, against the average row. */
  readonly helped: number;
  readonly harmed: number;
  /** Contributors with rows whose score is not positive, who get nothing of this fee, and how many have rows. */
  readonly unpaid: number;
  readonly contributors: number;
  /** a_q·max(0, S_qc), in units of 2^-32 of a unit of money. */
  readonly numerator: bigint;
  /** The rows with the largest parts, then the others on one line, then what 8 bits did to Φ_c. Nothing of it is paid where the score is not positive. */
  readonly rows: readonly ExplainedRow[];
  readonly others: ExplainedSum;
  readonly residual: ExplainedSum;
}

/** One payout of one batch: Σ numerators = payout·2^32 + fraction. */
export interface ExplainedBatch {
  readonly batch: string;
  readonly batchKey: Hex;
  readonly indexId: bigint;
  readonly tier: string;
  readonly payments: number;
  /** pay_c in units: what the proof says. */
  readonly payout: bigint;
  /** Σ_q a_q·S_qc⁺. */
  readonly numerator: bigint;
  /** What the division by 2^32 cut off: below one unit. */
  readonly fraction: bigint;
  readonly settled: boolean | null;
  /** Σ numerators of the inferences whose score is surely positive: of `numerator`, the sure share. */
  readonly sure: bigint;
  /** What a score of this batch's index means: the manifest's `method.gradient`. */
  readonly gradient: RowGradient;
  /** Of the same manifest: the share of the scores' variance that its k columns hold. */
  readonly kept: number;
  readonly inferences: readonly ExplainedInference[];
}

/** What the chain says that a position is owed, in units; in words why it was not asked, where it was not. */
export type ChainWord =
  | {
      readonly asked: true;
      readonly earned: bigint;
      readonly claimed: bigint;
      readonly claimable: bigint;
      /** Granted by proofs that are not settled yet. */
      readonly waiting: bigint;
    }
  | { readonly asked: false; readonly why: string };

/** Why a position was paid what it was. */
export interface PaymentExplanation {
  readonly position: number;
  readonly contributor: string;
  readonly datanet: string;
  /** Rows that the contributor has in the DataNet. */
  readonly contributorRows: number;
  /** Σ of the batches' payouts, units. */
  readonly total: bigint;
  /** The share of all numerators that is surely positive, in [0, 1]; null where nothing was paid. */
  readonly sureShare: number | null;
  readonly batches: readonly ExplainedBatch[];
  readonly chain: ChainWord;
  /** What was checked on the way, in words. */
  readonly checks: readonly string[];
}
