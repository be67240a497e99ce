import { explain as explainByRows, type RowScore } from "../../attribution/explain.ts";
import { splitPools } from "../../attribution/rewards.ts";
import { rowsByPosition } from "../../attribution/row-parts.ts";
import { isSure, scoreMargins } from "../../attribution/score-margin.ts";
import type { IndexMatrix, RowInfluence } from "../../attribution/types.ts";
import type { DataNet, Features } from "../../datanet/types.ts";
import { SHIFT } from "../../params/bits.ts";
import type { ReportContent, ReportInference } from "../../report/schema.ts";

/** Contributors that are explained by their rows, and rows of each. */
const TOP_CONTRIBUTORS = 3;
const TOP_ROWS = 3;

/** A square picture where the numbers are one (64 → 8 × 8). */
function pictureShape(length: number): [number, number] | undefined {
  const side = Math.sqrt(length);
  return Number.isInteger(side) && side >= 4 && side <= 32 ? [side, side] : undefined;
}

export function contentOf(features: Features | readonly number[]): ReportContent {
  if (typeof features === "string") return { kind: "text", text: features };
  const shape = pictureShape(features.length);
  return { kind: "numeric", values: Array.from(features), ...(shape === undefined ? {} : { shape }) };
}

export interface Explained {
  readonly u: Int8Array;
  readonly scores: Int32Array;
  readonly pool: bigint;
  readonly index: IndexMatrix;
  readonly influence: RowInfluence;
  /** Of the index's manifest. */
  readonly kept: number;
  readonly datanet: DataNet;
}

/**
 * Who gets what of one inference's pool by the reward rule, who gets nothing, and for the first ones which of their rows
 * mattered.
 */
export function explain({
  u,
  scores,
  pool,
  index,
  influence,
  kept,
  datanet,
}: Explained): Pick<ReportInference, "weight" | "shares" | "unpaid" | "top"> {
  const taken = rowsByPosition(influence.owners, index.positions).map((rows) => rows.length > 0);
  const margins = scoreMargins({ u, scores, index, taken, kept });
  const { weight, rate } = splitPools([scores], [pool]).traces[0]!;
  const shares = Array.from(scores, (score, position) => ({ position, score }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .map(({ position, score }) => ({
      position,
      score,
      margin: margins[position]!,
      sure: isSure(score, margins[position]!),
      share: score / Number(weight),
      amount: ((rate * BigInt(score)) >> BigInt(SHIFT)).toString(),
    }));
  const top = explainByRows(u, influence, scores, influence.owners.length)
    .slice(0, TOP_CONTRIBUTORS)
    .map(({ position, rows }) => {
      const { share, amount } = shares.find((one) => one.position === position)!;
      return { position, share, amount, rows: topRows(rows, datanet) };
    });
  const unpaid = Array.from(taken.keys()).filter((c) => taken[c] && scores[c]! <= 0);
  return { weight: weight.toString(), shares, unpaid, top };
}

/** @param rows all rows of one contributor, the largest score first */
function topRows(rows: readonly RowScore[], datanet: DataNet) {
  const positive = rows.reduce((sum, { score }) => sum + Math.max(score, 0), 0);
  return rows.slice(0, TOP_ROWS).map(({ row, score }) => ({
    row,
    label: datanet.labels[datanet.rows[row]!.label]!,
    content: contentOf(datanet.rows[row]!.features),
    score,
    share: positive > 0 ? Math.max(score, 0) / positive : 0,
  }));
}
