import type { IndexMatrix } from "./types.ts";

/** Of a normal distribution, 95 % lie within so many standard deviations. */
const NORMAL_95 = 1.959964;

export interface MarginInput {
  /** The trace's k integers. */
  readonly u: Int8Array;
  /** S_c of each position. */
  readonly scores: Int32Array;
  readonly index: IndexMatrix;
  /** Whether a position has rows. */
  readonly taken: readonly boolean[];
  /** Of the manifest's method: the share of the scores' variance that the k columns hold. */
  readonly kept: number;
}

/**
 * Half of the 95 % interval around each score, in its units: how far it may be from the score of all columns, unrounded.
 *
 * What is known of a score's error without training again is what the index itself leaves out: of the scores' variance the share
 * 1 − kept, which this request's scores stand for, and the rounding of u and Φ to whole numbers, each a uniform error of ±1/2:
 *
 *     σ_c² = (1 − kept)/kept · mean_c S_c² + (Σ_j u_j² + Σ_j Φ_cj²)/12
 *
 * Closed form: nothing is drawn. Against retraining on optdigits such intervals hold what they promise (docs/attribution.md). Not in
 * it: chance in the training of a perceptron or LoRA, and what clipping Φ at ±127 takes. The spread of a position's own rows says
 * another thing, namely what other rows like them would have scored; intervals of that are several times as wide as the error.
 *
 * @returns C whole numbers, rounded up; 0 where a position has no rows
 */
export function scoreMargins({ u, scores, index, taken, kept }: MarginInput): Float64Array {
  const { phi, positions, width } = index;
  const squares = (values: Int8Array): number => values.reduce((sum, x) => sum + x * x, 0);
  let [sum, count] = [0, 0];
  for (let c = 0; c < positions; c++) {
    if (!taken[c]) continue;
    sum += scores[c]! ** 2;
    count++;
  }
  const lost = kept > 0 ? (Math.max(0, 1 - kept) / kept) * (sum / Math.max(1, count)) : Number.MAX_VALUE;
  const ofTrace = squares(u);
  return Float64Array.from({ length: positions }, (_, c) => {
    if (!taken[c]) return 0;
    const ofRow = squares(phi.subarray(c * width, (c + 1) * width));
    return Math.ceil(NORMAL_95 * Math.sqrt(lost + (ofTrace + ofRow) / 12));
  });
}

/** Whether 95 % intervals leave no doubt that a score is positive. */
export const isSure = (score: number, margin: number): boolean => score > margin;
