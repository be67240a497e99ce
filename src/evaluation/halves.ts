import type { OnProgress } from "../core/progress.ts";
import type { Outcomes } from "./lds.ts";
import type { RetrainJob } from "./learner.ts";
import { randomHalves, rowsOf, STREAM, streamSeed } from "./subsets.ts";

/**
 * How far above its minimum a retrained convex model may be, about. At 1e-5 a log-likelihood of banking77 was off by 0.04 at
 * most, where a half of the rows changes it by 0.34 in the mean (3,000 rows, λ = 1e-4).
 */
export const HALF_TOLERANCE = 1e-6;

/** What subsets are drawn from: single rows, or contributors with all of theirs, which is what is paid. */
export type Unit = "rows" | "contributors";

export interface Halves {
  readonly unit: Unit;
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Positions that are taken. */
  readonly assigned: number;
  readonly seed: number;
  /** M. */
  readonly subsets: number;
  /** Trainings of each half that an outcome is the mean of. */
  readonly repeats: number;
}

/** The random halves, and a job for each training of each. */
export function halfJobs({ unit, owners, assigned, seed, subsets, repeats }: Halves): {
  readonly subsets: readonly Uint32Array[];
  readonly jobs: readonly RetrainJob[];
} {
  const count = unit === "rows" ? owners.length : assigned;
  const drawn = randomHalves(count, subsets, seed, STREAM[unit]);
  const jobs = drawn.flatMap((half, m) => {
    const rows = unit === "rows" ? half : rowsOf(half, owners);
    const from = repeats * m;
    return Array.from({ length: repeats }, (_, r) => ({
      rows,
      seed: streamSeed(seed, STREAM[unit], from + r),
    }));
  });
  return { subsets: drawn, jobs };
}

/** The same query in every outcome: the log-likelihood of the label that the full model served, mean over the repeats. */
function ofServed(outcomes: readonly Float64Array[], served: Uint32Array, classes: number, repeats: number) {
  const values = new Float64Array((outcomes.length / repeats) * served.length);
  outcomes.forEach((outcome, at) => {
    const row = Math.floor(at / repeats) * served.length;
    served.forEach((label, q) => {
      values[row + q]! += outcome[q * classes + label]! / repeats;
    });
  });
  return values;
}

/**
 * Draws random halves and trains on each.
 *
 * @param run trains the jobs
 * @param served the label of each query that the full model served; asked for after the training
 */
export async function retrainHalves(
  halves: Halves,
  run: (jobs: readonly RetrainJob[], stage: string, onProgress: OnProgress) => Promise<Float64Array[]>,
  served: () => Promise<{ readonly labels: Uint32Array; readonly classes: number }>,
  onProgress: OnProgress,
): Promise<Outcomes> {
  const { subsets, jobs } = halfJobs(halves);
  const outcomes = await run(jobs, `retrain on halves of the ${halves.unit}`, onProgress);
  const { labels, classes } = await served();
  const values = ofServed(outcomes, labels, classes, halves.repeats);
  return { subsets, queries: labels.length, values };
}
