import type { RowInfluence } from "./types.ts";

/** A score S_c taken apart into whole numbers, one for each row of the position, that add up to it. */
export interface ScoreParts {
  /** S_c, what is proven. */
  readonly score: number;
  /** In the order of the rows. */
  readonly rows: readonly {
    /** Its number among the training rows of the index. */
    readonly row: number;
    /** u·φ_i·scale, unrounded. */
    readonly exact: number;
    /** The whole number that stands for it. */
    readonly part: number;
  }[];
  /** S_c − Σ parts: what rounding and clipping Φ_c to 8 bits did to the score; no row's doing. */
  readonly residual: number;
}

/**
 * Takes S_c = u·Φ_c apart by rows: Σ parts + residual = S_c exactly, in integers.
 *
 * The score of a row, u·φ_i·scale, is a real number. Rounding each by itself would mix the rounding of a hundred rows with
 * that of Φ_c; here the parts are rounded together by largest remainders (Hamilton's rule; of equal remainders the first
 * row's), so that they add up to the sum of the exact scores to the nearest whole number. Then the residual is what 8 bits
 * did to Φ_c, and nothing else.
 *
 * @param u the trace's k integers
 * @param members the rows of the position, numbers among those of the index
 * @param score S_c
 */
export function scoreParts(
  u: Int8Array,
  influence: RowInfluence,
  members: readonly number[],
  score: number,
): ScoreParts {
  const { values, width } = influence;
  if (u.length !== width) throw new RangeError(`a trace of this index has ${width} entries, not ${u.length}`);
  const exact = members.map((row) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += u[j]! * values[row * width + j]!;
    return sum;
  });
  const parts = exact.map(Math.floor);
  const total = Math.round(exact.reduce((sum, x) => sum + x, 0));
  const missing = total - parts.reduce((sum, x) => sum + x, 0);
  const byRemainder = exact
    .map((x, i) => ({ i, remainder: x - Math.floor(x) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, missing)) parts[i]!++;
  const rows = members.map((row, i) => ({ row, exact: exact[i]!, part: parts[i]! }));
  return { score, rows, residual: score - parts.reduce((sum, x) => sum + x, 0) };
}

/** The rows of each of the positions, in order. */
export function rowsByPosition(owners: Uint32Array, positions: number): number[][] {
  const members = Array.from({ length: positions }, (): number[] => []);
  owners.forEach((owner, row) => {
    members[owner]?.push(row);
  });
  return members;
}

/**
 * The columns, of all positions, where Φ_cj is not the sum of the rows' φ_ij·scale to within half a unit (plus float32's
 * error in the rows), or that sum cut off at ±limit: the rows that are kept are then not those that Φ was made from.
 */
export function foreignColumns(
  phi: Int8Array,
  influence: RowInfluence,
  limit: number,
): { readonly position: number; readonly column: number }[] {
  const { values, width, owners } = influence;
  const sums = new Float64Array(phi.length);
  const sizes = new Float64Array(phi.length);
  owners.forEach((owner, row) => {
    for (let j = 0; j < width; j++) {
      const value = values[row * width + j]!;
      sums[owner * width + j]! += value;
      sizes[owner * width + j]! += Math.abs(value);
    }
  });
  const found: { position: number; column: number }[] = [];
  phi.forEach((integer, at) => {
    const wanted = Math.max(-limit, Math.min(limit, sums[at]!));
    const slack = 0.5 + sizes[at]! * FLOAT32_ERROR;
    if (Math.abs(wanted - integer) > slack) {
      found.push({ position: Math.floor(at / width), column: at % width });
    }
  });
  return found;
}

/** Relative error of a float32, and a little for the sum. */
const FLOAT32_ERROR = 2 ** -23;
