import type { RowGradient } from "../attribution/objective.ts";
import type { Report, ReportBatch, ReportContributor, ReportInference } from "./schema.ts";

/** Contributors that get a colour of their own, everywhere on the page; the others share one. */
export const COLOURED = 8;

/** A report with the look-ups that several sections need. */
export interface ReportView {
  readonly report: Report;
  /** By what they were paid, highest first; the position decides between equals. */
  readonly ranked: readonly ReportContributor[];
  /** 0 is the one who was paid most. */
  rank(position: number): number;
  contributor(position: number): ReportContributor | undefined;
  /** The name, or the position's number where the report does not list it. */
  name(position: number): string;
  /** Class of the contributor's colour: p0 … p7 by rank, then "rest". */
  colour(position: number): string;
  model(indexId: string): string;
  /** What a score of this index means. */
  gradient(indexId: string): RowGradient;
  /** Every batch with its inferences, in the report's order. */
  readonly batches: readonly {
    readonly batch: ReportBatch;
    readonly inferences: readonly ReportInference[];
  }[];
}

const byTotal = (a: ReportContributor, b: ReportContributor): number => {
  const difference = BigInt(b.total) - BigInt(a.total);
  return difference === 0n ? a.position - b.position : difference > 0n ? 1 : -1;
};

export function createView(report: Report): ReportView {
  const ranked = [...report.contributors].sort(byTotal);
  const ranks = new Map(ranked.map((contributor, rank) => [contributor.position, rank]));
  const models = new Map(report.models.map((model) => [model.indexId, model.name]));
  const gradients = new Map(report.models.map((model) => [model.indexId, model.gradient]));
  const rank = (position: number): number => ranks.get(position) ?? ranked.length;
  const contributor = (position: number) => ranked[rank(position)];
  return {
    report,
    ranked,
    rank,
    contributor,
    name: (position) => contributor(position)?.name.trim() || `position ${position}`,
    colour: (position) => (rank(position) < COLOURED ? `p${rank(position)}` : "rest"),
    model: (indexId) => models.get(indexId) ?? `index ${indexId}`,
    gradient: (indexId) => gradients.get(indexId) ?? "objective",
    batches: report.batches.map((batch, place) => ({
      batch,
      inferences: report.inferences.filter((inference) => inference.batch === place),
    })),
  };
}

/** Units that came by scores that are surely positive, and all units, of one contributor or, where undefined, of all. */
export function sureUnits(
  report: Report,
  position?: number,
): { readonly sure: bigint; readonly all: bigint } {
  let [sure, all] = [0n, 0n];
  for (const { shares } of report.inferences)
    for (const share of shares) {
      if (position !== undefined && share.position !== position) continue;
      all += BigInt(share.amount);
      if (share.sure) sure += BigInt(share.amount);
    }
  return { sure, all };
}

/** The fragment of an inference's entry; ids are digits, so it needs no escaping. */
export const inferenceId = (inference: ReportInference): string =>
  `inference-${inference.indexId}-${inference.number}`;

export const contributorId = (position: number): string => `contributor-${position}`;
