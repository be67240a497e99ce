import type { ReportContent, ReportInference } from "./schema.ts";
import type { ReportView } from "./view.ts";

/** A row with what it did over the whole run. */
export interface RowWorth {
  readonly row: number;
  readonly label: string;
  readonly content: ReportContent;
  /** Answers in which the row is among its owner's most influential ones. */
  readonly answers: number;
  /** Units that came through it, by its part of its owner's score: for the order only, not money that is paid for a row. */
  readonly worth: number;
}

export interface PaidAnswer {
  readonly inference: ReportInference;
  readonly units: bigint;
  readonly share: number;
}

/** Why one contributor was paid: which answers, which kind of answer, which rows. */
export interface Reasons {
  /** Highest first. */
  readonly answers: readonly PaidAnswer[];
  /** Units of every inference of the report, in order. */
  readonly amounts: readonly bigint[];
  /** Served labels with what they brought, highest first. */
  readonly labels: readonly { readonly label: string; readonly units: bigint }[];
  /** Highest worth first; known only for answers in which the contributor is among the top ones. */
  readonly rows: readonly RowWorth[];
}

const descending = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? 1 : -1);

function rowsOf(inferences: readonly ReportInference[], position: number): RowWorth[] {
  const rows = new Map<number, RowWorth>();
  for (const inference of inferences) {
    const top = inference.top.find((entry) => entry.position === position);
    for (const { row, label, content, share } of top?.rows ?? []) {
      if (share === 0) continue;
      const before = rows.get(row) ?? { row, label, content, answers: 0, worth: 0 };
      const worth = before.worth + share * Number(top!.amount);
      rows.set(row, { ...before, answers: before.answers + 1, worth });
    }
  }
  return [...rows.values()].sort((a, b) => b.worth - a.worth || a.row - b.row);
}

export function reasons(view: ReportView, position: number): Reasons {
  const { inferences } = view.report;
  const parts = inferences.map((inference) => inference.shares.find((share) => share.position === position));
  const labels = new Map<string, bigint>();
  const answers = inferences.flatMap((inference, i): PaidAnswer[] => {
    const part = parts[i];
    if (part === undefined) return [];
    labels.set(inference.served, (labels.get(inference.served) ?? 0n) + BigInt(part.amount));
    return [{ inference, units: BigInt(part.amount), share: part.share }];
  });
  return {
    answers: answers.sort((a, b) => descending(a.units, b.units)),
    amounts: parts.map((part) => BigInt(part?.amount ?? 0)),
    labels: [...labels]
      .map(([label, units]) => ({ label, units }))
      .sort((a, b) => descending(a.units, b.units)),
    rows: rowsOf(inferences, position),
  };
}
