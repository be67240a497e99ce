import { cholesky, secondMoment, solveInPlace } from "../core/symmetric.ts";

/** What an index does against rows that are made to earn; recorded in its manifest. */
export interface Defences {
  /**
   * Rows that say the same: "share" one row's reward evenly, or the "first" one (the order of the DataNet) has it all;
   * "off" pays each.
   */
  readonly nearDuplicates: "share" | "first" | "off";
  /**
   * "relatif": every row has the same length in the preconditioned space (ℓ-RelatIF, Barshan, Brunet and Dziugaite, 2020).
   */
  readonly normalise: "none" | "relatif";
  /** Rows longer than this percentile of the rows' lengths in the preconditioned space are shortened to it; 100 shortens none. */
  readonly rowCap: number;
}

/** What an index is built with where nothing else is said; docs/decisions/015-gaming.md has what was measured. */
export const DEFAULT_DEFENCES: Defences = { nearDuplicates: "share", normalise: "none", rowCap: 100 };

export const NO_DEFENCES: Defences = { nearDuplicates: "off", normalise: "none", rowCap: 100 };

/**
 * ‖H^(−1/2) z_i‖ = √(z_iᵀ (ZᵀZ/n + λI)⁻¹ z_i) of each row: the square is its influence on itself, the statistician's
 * leverage. Outliers are long.
 *
 * @param sketched Z, n × k
 */
export function rowLengths(sketched: Float64Array, width: number, ridge: number): Float64Array {
  const moment = secondMoment(sketched, width);
  for (let j = 0; j < width; j++) moment[j * width + j]! += ridge;
  const factor = cholesky(moment, width);
  const solved = Float64Array.from(sketched);
  return Float64Array.from({ length: sketched.length / width }, (_, i) => {
    solveInPlace(factor, solved, i * width);
    let sum = 0;
    for (let j = 0; j < width; j++) sum += sketched[i * width + j]! * solved[i * width + j]!;
    return Math.sqrt(Math.max(0, sum));
  });
}

/** The length that is at or below the percentile of all rows that are not 0. */
export function capOf(lengths: Float64Array, percentile: number): number {
  const sorted = lengths.filter((length) => length > 0).sort();
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? 0;
}

/** 1/|cluster|, or 1 for the first and 0 for the others, by the first row of each row's cluster. */
function clusterWeights(first: Uint32Array, mode: Defences["nearDuplicates"]): Float64Array {
  const sizes = new Uint32Array(first.length);
  for (const row of first) sizes[row]!++;
  return Float64Array.from(first, (row, i) => {
    if (mode === "off") return 1;
    return mode === "share" ? 1 / sizes[row]! : Number(row === i);
  });
}

/**
 * w_i, by which a row's φ_i is multiplied before the rows of a position are summed up. Follows from data and options, so
 * that whoever has them makes the same index.
 *
 * relatif: w_i = m/‖H^(−1/2)z_i‖ with m the median length, which keeps the scale; cap: w_i = min(1, cap/‖H^(−1/2)z_i‖).
 *
 * @param first the first row of each row's cluster of near-duplicates
 * @param lengths of rowLengths
 */
export function rowWeights(first: Uint32Array, lengths: Float64Array, options: Defences): Float64Array {
  const { nearDuplicates, normalise, rowCap } = options;
  const weights = clusterWeights(first, nearDuplicates);
  const middle = capOf(lengths, 50);
  const cap = rowCap < 100 ? capOf(lengths, rowCap) : Number.POSITIVE_INFINITY;
  return weights.map((weight, i) => {
    const length = lengths[i]!;
    if (length === 0) return weight;
    return normalise === "relatif" ? (weight * middle) / length : weight * Math.min(1, cap / length);
  });
}
