import { TributaryError } from "../core/errors.ts";
import { SCORE_BIAS } from "../params/bits.ts";
import type { Quantisation } from "./types.ts";

/** The largest integer that an entry of u gets: the range is [−128, 127], and the scale treats both signs alike. */
const PEAK = 127;

/** S of a trace's integers: what `scoreTrace` of the attribution index computes. */
export type ScoreFunction = (u: Int8Array) => Int32Array;

export interface QuantisedTrace {
  readonly u: Int8Array;
  readonly scores: Int32Array;
}

const notFinite = (m: number, x: number): TributaryError =>
  new TributaryError("TRB_TRACE_NAN", "The gradient of this request is not finite.", {
    details: `column ${m} is ${x}`,
    hint: "The adapter's parameters or the base's output overflow on this request: check the model.",
  });

/** x = gradient·columnScales with its Euclidean norm and its largest entry. One loop: this is a part of every answer. */
function scaled(gradient: Float32Array, { columnScales }: Quantisation) {
  const x = new Float64Array(columnScales.length);
  let [squares, largest] = [0, 0];
  for (let m = 0; m < gradient.length; m++) {
    const value = gradient[m]! * columnScales[m]!;
    if (!Number.isFinite(value)) throw notFinite(m, value);
    x[m] = value;
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  return { x, norm: Math.sqrt(squares), largest };
}

/** A loop, too, which takes a fifth of the time of `Int8Array.from`. */
function rounded(x: Float64Array, largest: number, peak: number): Int8Array {
  const u = new Int8Array(x.length);
  for (let m = 0; m < x.length; m++) u[m] = Math.round((x[m]! / largest) * peak);
  return u;
}

function fits(scores: Int32Array): boolean {
  for (let c = 0; c < scores.length; c++) if (Math.abs(scores[c]!) >= SCORE_BIAS) return false;
  return true;
}

/**
 * A gradient as integers: u_m = round(x_m·peak / max|x|), x = gradient·columnScales, at the largest peak ≤ 127
 * at which every |S_c| < 2^19. Shares do not change with the scale, so the largest one keeps most digits.
 *
 * Peaks are tried one by one downwards: because of rounding, scores do not grow evenly with the peak, and a
 * bisection could miss the largest one that fits. At peak 0 everything fits.
 *
 * @param gradient at most k entries; those that miss are 0
 * @throws TRB_TRACE_NAN
 */
export function quantise(
  gradient: Float32Array,
  quantisation: Quantisation,
  score: ScoreFunction,
): QuantisedTrace {
  const { x, norm, largest } = scaled(gradient, quantisation);
  for (let peak = norm < quantisation.minimumNorm ? 0 : PEAK; peak > 0; peak--) {
    const u = rounded(x, largest, peak);
    const scores = score(u);
    if (fits(scores)) return { u, scores };
  }
  const u = new Int8Array(x.length);
  return { u, scores: score(u) };
}
