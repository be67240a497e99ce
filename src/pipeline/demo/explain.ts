import { splitPools } from "../../attribution/rewards.ts";
import type { RowInfluence } from "../../attribution/types.ts";
import type { DataNet, Features } from "../../datanet/types.ts";
import { SHIFT } from "../../params/bits.ts";
import type { ReportContent, ReportInference } from "../report/schema.ts";

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

/** S of each row alone: Σ_j u_j·φ_ij, in the units of the integer scores. */
function rowScores(u: Int8Array, { values, width, owners }: RowInfluence): Float64Array {
  return Float64Array.from(owners, (_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += u[j]! * values[i * width + j]!;
    return sum;
  });
}

export interface Explained {
  readonly u: Int8Array;
  readonly scores: Int32Array;
  readonly pool: bigint;
  readonly influence: RowInfluence;
  readonly datanet: DataNet;
}

/** Who gets what of one inference's pool by the reward rule, and for the first ones which of their rows mattered. */
export function explain({
  u,
  scores,
  pool,
  influence,
  datanet,
}: Explained): Pick<ReportInference, "weight" | "shares" | "top"> {
  const { weight, rate } = splitPools([scores], [pool]).traces[0]!;
  const shares = Array.from(scores, (score, position) => ({ position, score }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .map(({ position, score }) => ({
      position,
      score,
      share: score / Number(weight),
      amount: ((rate * BigInt(score)) >> BigInt(SHIFT)).toString(),
    }));
  const byRow = rowScores(u, influence);
  const top = shares.slice(0, TOP_CONTRIBUTORS).map(({ position, share, amount }) => ({
    position,
    share,
    amount,
    rows: topRows(byRow, influence.owners, position, datanet),
  }));
  return { weight: weight.toString(), shares, top };
}

function topRows(byRow: Float64Array, owners: Uint32Array, position: number, datanet: DataNet) {
  const mine = Array.from(byRow, (score, row) => ({ row, score })).filter(
    ({ row }) => owners[row] === position,
  );
  const positive = mine.reduce((sum, { score }) => sum + Math.max(score, 0), 0);
  return mine
    .sort((a, b) => b.score - a.score)
    .slice(0, TOP_ROWS)
    .map(({ row, score }) => ({
      row,
      label: datanet.labels[datanet.rows[row]!.label]!,
      content: contentOf(datanet.rows[row]!.features),
      score,
      share: positive > 0 ? Math.max(score, 0) / positive : 0,
    }));
}
