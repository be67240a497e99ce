import { rowsByPosition, type ScoreParts, scoreParts } from "../../attribution/row-parts.ts";
import { isSure, scoreMargins } from "../../attribution/score-margin.ts";
import type { DataNet } from "../../datanet/types.ts";
import { SHIFT } from "../../params/bits.ts";
import type { ExplainedBatch, ExplainedInference, ExplainedSum } from "../../report/explanation/types.ts";
import { batchName } from "../../workspace/batches.ts";
import { contentOf } from "../demo/explain.ts";
import type { BatchEvidence } from "./evidence.ts";

export interface BatchQuestion {
  readonly position: number;
  /** Rows to list for each inference; the others are on one line. */
  readonly top: number;
  /** Only this payment's rows; the sums are the whole batch's all the same. */
  readonly payment?: bigint | undefined;
  /** Whether the chain has settled the batch; null where no chain was asked. */
  readonly settled: boolean | null;
}

/** Rows by their part in the score, the largest first. */
function inferenceRows(
  parts: ScoreParts,
  rate: bigint,
  top: number,
  { rows: all, labels }: DataNet,
): Pick<ExplainedInference, "helped" | "harmed" | "rows" | "others" | "residual"> {
  const ranked = [...parts.rows].sort((a, b) => b.exact - a.exact || a.row - b.row);
  const rest = ranked.slice(top).reduce((sum, { part }) => sum + part, 0);
  const line = (rows: number, part: number): ExplainedSum => ({ rows, part, numerator: rate * BigInt(part) });
  return {
    helped: ranked.filter(({ exact }) => exact > 0).length,
    harmed: ranked.filter(({ exact }) => exact < 0).length,
    rows: ranked.slice(0, top).map(({ row, exact, part }) => ({
      row,
      label: labels[all[row]!.label]!,
      content: contentOf(all[row]!.features),
      exact,
      part,
      numerator: rate * BigInt(part),
    })),
    others: line(Math.max(0, ranked.length - top), rest),
    residual: line(0, parts.residual),
  };
}

/**
 * A payout from the money down to the rows. All is integers: Σ_q numerator_q = payout·2^32 + fraction, and for each
 * inference the rows' parts, those of the others and the residual add up to S_qc.
 */
export function explainBatch(
  { settlement, traces, scores, split, index }: BatchEvidence,
  datanet: DataNet,
  { position, top, payment, settled }: BatchQuestion,
): ExplainedBatch {
  const { statement, claim } = settlement;
  const rows = rowsByPosition(index.rows.owners, index.index.positions);
  const members = rows[position] ?? [];
  const taken = rows.map((some) => some.length > 0);
  const { gradient, kept } = index.manifest.method;
  const inferences = traces.map((trace, q): ExplainedInference => {
    const { record } = trace;
    const { rate, weight } = split.traces[q]!;
    const score = scores[q]![position]!;
    const shown = payment === undefined || payment === record.number ? top : 0;
    const margins = scoreMargins({ u: record.u, scores: scores[q]!, index: index.index, taken, kept });
    const parts = scoreParts(record.u, index.rows, members, score);
    return {
      payment: record.number,
      request: contentOf(trace.request),
      served: trace.label,
      probability: trace.probability,
      io: record.io,
      trace: statement.traces[q]!,
      pool: statement.pools[q]!,
      weight,
      rate,
      score,
      margin: margins[position]!,
      sure: isSure(score, margins[position]!),
      unpaid: taken.filter((has, c) => has && scores[q]![c]! <= 0).length,
      contributors: taken.filter((has) => has).length,
      numerator: rate * BigInt(Math.max(0, score)),
      ...inferenceRows(parts, rate, shown, datanet),
    };
  });
  const sumOf = (some: readonly ExplainedInference[]): bigint =>
    some.reduce((sum, one) => sum + one.numerator, 0n);
  const numerator = sumOf(inferences);
  return {
    batch: batchName(statement),
    batchKey: statement.batchKey,
    indexId: statement.indexId,
    tier: statement.tier,
    payments: statement.pools.length,
    payout: claim.payouts[position] ?? 0n,
    numerator,
    fraction: numerator & ((1n << BigInt(SHIFT)) - 1n),
    settled,
    sure: sumOf(inferences.filter(({ sure }) => sure)),
    gradient,
    kept,
    inferences,
  };
}
