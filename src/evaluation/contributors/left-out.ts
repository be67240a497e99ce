import { isConvex, type LearnerSpec, type RetrainJob } from "../learner.ts";
import { drawSome, STREAM, streamSeed } from "../subsets.ts";

/** Contributors of a model that is not convex that are left out where nothing else is said: each one takes several trainings. */
const FEW = 24;
/** The model of all rows is in every difference, so its noise has to be less than that of the others. */
const FULL_REPEATS = 4;

export interface LeavingOut {
  readonly kind: LearnerSpec["kind"];
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Positions that are taken. */
  readonly assigned: number;
  readonly seed: number;
  /** Trainings of each set that an outcome is the mean of; of a convex model one is enough. */
  readonly repeats: number;
  /** Contributors that are left out, at most; of a convex model all of them where undefined. */
  readonly most: number | undefined;
}

/** What retraining without each contributor showed. */
export interface ContributorChanges {
  /** Positions that were left out, ascending. */
  readonly contributors: Uint32Array;
  readonly queries: number;
  /**
   * `[q × contributors + c]`: the log-likelihood that query q's served label loses without contributor c. Of a convex model one
   * set; of another two, each of its own trainings, since a single one would not say how much of it is noise.
   */
  readonly sets: readonly Float64Array[];
  /** Models that it took. */
  readonly trainings: number;
}

/** The positions that are left out: of those that have rows, but not all of them, so many as are asked for, drawn by the seed. */
export function leftOutContributors({ kind, owners, assigned, seed, most }: LeavingOut): Uint32Array {
  const counts = new Uint32Array(assigned);
  for (const owner of owners) counts[owner]!++;
  const taken = Uint32Array.from(counts.keys()).filter((c) => counts[c]! > 0 && counts[c]! < owners.length);
  const asked = most ?? (isConvex(kind) ? taken.length : FEW);
  if (asked >= taken.length) return taken;
  return drawSome(taken.length, asked, streamSeed(seed, STREAM.withoutContributor)).map((at) => taken[at]!);
}

/** Jobs of one set: so many of the model of all rows, then of each contributor's absence. */
interface JobSet {
  readonly full: readonly RetrainJob[];
  readonly without: readonly (readonly RetrainJob[])[];
}

function jobSets(leaving: LeavingOut, contributors: Uint32Array): readonly JobSet[] {
  const { kind, owners, seed, repeats } = leaving;
  const all = Uint32Array.from(owners.keys());
  const others = Array.from(contributors, (c) => all.filter((row) => owners[row] !== c));
  if (isConvex(kind)) {
    return [{ full: [{ rows: all, seed }], without: others.map((rows) => [{ rows, seed }]) }];
  }
  let drawn = 0;
  const several = (rows: Uint32Array, count: number): RetrainJob[] =>
    Array.from({ length: count }, () => ({
      rows,
      seed: streamSeed(seed, STREAM.withoutContributor, ++drawn),
    }));
  return [0, 1].map(() => ({
    full: several(all, FULL_REPEATS * repeats),
    without: others.map((rows) => several(rows, repeats)),
  }));
}

/**
 * Trains without each contributor, on the rows of the others.
 *
 * @param run trains the jobs
 * @param served the label of each query that the full model served; asked for after the training
 */
export async function retrainWithout(
  leaving: LeavingOut,
  run: (jobs: readonly RetrainJob[]) => Promise<Float64Array[]>,
  served: () => Promise<{ readonly labels: Uint32Array; readonly classes: number }>,
): Promise<ContributorChanges> {
  const contributors = leftOutContributors(leaving);
  const sets = jobSets(leaving, contributors);
  const jobs = sets.flatMap(({ full, without }) => [...full, ...without.flat()]);
  const outcomes = await run(jobs);
  const { labels, classes } = await served();
  let at = 0;
  /** log p of the served label of each query, mean over the next trainings. */
  const next = (count: number): Float64Array => {
    const some = outcomes.slice(at, at + count);
    at += count;
    return Float64Array.from(labels, (label, q) =>
      some.reduce((sum, outcome) => sum + outcome[q * classes + label]! / count, 0),
    );
  };
  return {
    contributors,
    queries: labels.length,
    sets: sets.map(({ full, without }) => {
      const whole = next(full.length);
      const values = new Float64Array(labels.length * contributors.length);
      without.forEach((trainings, c) => {
        next(trainings.length).forEach((left, q) => {
          values[q * contributors.length + c] = whole[q]! - left;
        });
      });
      return values;
    }),
    trainings: jobs.length,
  };
}
