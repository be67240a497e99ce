import type { Inference, LabelTrace, Quantisation } from "./types.ts";

/** How far the two highest probabilities may be apart for two machines to serve different labels. */
export const TIE = 1e-5;
/** How far the served label's probability may be off. */
export const PROBABILITY_TOLERANCE = 1e-5;
/**
 * How far beyond the half that rounding takes an entry of u may be from the number that it is rounded from, in units of an
 * entry. Measured: docs/attribution.md, "What a receipt means when two machines round differently".
 */
export const ENTRY_TOLERANCE = 0.01;
/** A score next to its bound may take the largest peak that fits one down or up. */
const PEAK_TOLERANCE = 1;

/** What an operator says that it served. */
export interface ServedAnswer {
  readonly labelIndex: number;
  /** Of the served label. */
  readonly probability: number;
  /** k entries in [−128, 127]. */
  readonly u: Int8Array;
}

/**
 * - same: u to the bit
 * - rounding: a u that another machine may round to
 * - different: another model, sketch or request, or an operator that made its u up
 */
export type Verdict = "same" | "rounding" | "different";

export interface Agreement {
  readonly verdict: Verdict;
  /** Whether another label was served than the auditor's machine finds, as probable as that one: u was compared at the served label. */
  readonly tied?: true;
  /** Entries of u that are not the recomputed ones; 0 where the answers differ already. */
  readonly differing: number;
  /** The largest distance of a served entry from what it should be rounded from, in units of an entry: 0.5 is rounding's own. */
  readonly distance: number;
  /** What is wrong, where the verdict is "different". */
  readonly reason?: "label" | "probability" | "length" | "zero" | "peak" | "entry";
}

const peakOf = (values: Int8Array | Float64Array): number => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};

/** max |u_m − x_m·peak/max|x|| at the served peak. Columns beyond the sketch's rank are 0 and not among x. */
function distanceOf(u: Int8Array, x: Float64Array): number {
  const scale = peakOf(u) / peakOf(x);
  let most = 0;
  for (let m = 0; m < u.length; m++) most = Math.max(most, Math.abs(u[m]! - (x[m] ?? 0) * scale));
  return most;
}

function compareSketches(
  u: Int8Array,
  recomputed: LabelTrace,
  { columnScales, minimumNorm }: Quantisation,
): Agreement {
  if (u.length !== recomputed.u.length)
    return { verdict: "different", differing: 0, distance: 0, reason: "length" };
  const differing = u.reduce((count, value, m) => count + Number(value !== recomputed.u[m]), 0);
  if (differing === 0) return { verdict: "same", differing, distance: 0.5 };
  const x = Float64Array.from(recomputed.gradient, (value, m) => value * columnScales[m]!);
  const [peak, expected] = [peakOf(u), peakOf(recomputed.u)];
  const judge = (distance: number, reason?: Agreement["reason"]): Agreement =>
    reason === undefined
      ? { verdict: "rounding", differing, distance }
      : { verdict: "different", differing, distance, reason };
  if (peak === 0 || expected === 0) {
    // One machine found the gradient just below the norm that counts as nothing, the other one just above.
    const norm = Math.hypot(...x);
    const near = norm > minimumNorm / 2 && norm < 2 * minimumNorm;
    return judge(0, near ? undefined : "zero");
  }
  const distance = distanceOf(u, x);
  if (Math.abs(peak - expected) > PEAK_TOLERANCE) return judge(distance, "peak");
  // Not >: a distance that is no number is no agreement.
  return judge(distance, distance <= 0.5 + ENTRY_TOLERANCE ? undefined : "entry");
}

/** Whether another label was served than the auditor's machine finds, and one that is equally probable. */
export const isTied = (
  served: Pick<ServedAnswer, "labelIndex">,
  { labelIndex, probabilities }: Pick<Inference, "labelIndex" | "probabilities">,
): boolean =>
  served.labelIndex !== labelIndex &&
  probabilities[labelIndex]! - (probabilities[served.labelIndex] ?? 0) < TIE;

/**
 * Whether a served trace is one that the model, the sketch and the request give, when an auditor runs them again on another
 * machine, whose float32 sums may be rounded differently.
 *
 * Entries are compared with the gradient before rounding, not with the recomputed integers: a number just below a half may be
 * rounded to either side, but one that is not near a half may not.
 *
 * @param recomputed the auditor's own run of the same request
 * @param atServed its trace of the served label, needed where the labels are tied: u is of that label's gradient
 */
export function traceAgrees(
  served: ServedAnswer,
  recomputed: Pick<Inference, "labelIndex" | "probabilities"> & LabelTrace,
  quantisation: Quantisation,
  atServed?: LabelTrace,
): Agreement {
  const ofServed = recomputed.probabilities[served.labelIndex] ?? 0;
  const refuse = (reason: "label" | "probability"): Agreement => ({
    verdict: "different",
    differing: 0,
    distance: 0,
    reason,
  });
  if (!(Math.abs(served.probability - ofServed) <= PROBABILITY_TOLERANCE)) return refuse("probability");
  if (served.labelIndex === recomputed.labelIndex) return compareSketches(served.u, recomputed, quantisation);
  if (!isTied(served, recomputed)) return refuse("label");
  if (atServed === undefined) throw new RangeError("tied labels need the trace of the served one");
  return { ...compareSketches(served.u, atServed, quantisation), tied: true };
}
