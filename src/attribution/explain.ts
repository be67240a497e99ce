import type { RowInfluence } from "./types.ts";

/** One row's part in a score. */
export interface RowScore {
  /** Its number among the training rows of the index. */
  readonly row: number;
  /** u·φ_i·scale: in the units of the integer scores. */
  readonly score: number;
}

export interface Explanation {
  readonly position: number;
  /** S_c, the integer that is paid by. */
  readonly score: number;
  /** Σ of all its rows' scores: differs from S_c by what rounding and clipping Φ_c did. */
  readonly rowTotal: number;
  /** The rows that raised the output's likelihood most, the largest first. */
  readonly rows: readonly RowScore[];
}

/**
 * Which rows of each paid position mattered most for one trace.
 *
 * Row scores are real numbers: rows are kept unrounded, only their position's sum is in 8 bits.
 *
 * @param u the trace's k integers
 * @param scores S_c of each position
 * @param top rows to list for each position
 * @returns the positions with a positive score, the largest first (the first position of equals)
 */
export function explain(u: Int8Array, rows: RowInfluence, scores: Int32Array, top: number): Explanation[] {
  if (u.length !== rows.width)
    throw new RangeError(`a trace of this index has ${rows.width} entries, not ${u.length}`);
  const byPosition = new Map<number, RowScore[]>();
  rows.owners.forEach((owner, row) => {
    if (!((scores[owner] ?? 0) > 0)) return;
    let score = 0;
    for (let j = 0; j < rows.width; j++) score += u[j]! * rows.values[row * rows.width + j]!;
    const list = byPosition.get(owner);
    if (list) list.push({ row, score });
    else byPosition.set(owner, [{ row, score }]);
  });
  return Array.from(byPosition, ([position, list]) => ({
    position,
    score: scores[position]!,
    rowTotal: list.reduce((sum, { score }) => sum + score, 0),
    rows: list.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, top),
  })).sort((a, b) => b.score - a.score || a.position - b.position);
}
