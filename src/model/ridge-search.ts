import type { OnProgress } from "../core/progress.ts";
import { dealFolds, type Fold } from "./folds.ts";
import type { Counted } from "./quality.ts";
import { chooseRidge, isPastBest } from "./ridge-choice.ts";
import type { TrainingData } from "./training-data.ts";
import type { TrainingReport, TriedRidge } from "./types.ts";

/**
 * Three: every row is judged once however many there are, so that more of them change little but the time, which is (folds − 1) times
 * that of one model of all rows at each λ.
 */
export const FOLDS = 3;

/** The models of one fold, λ after λ. */
export interface FoldModels {
  /** Trains at a λ that is smaller than the one before, and judges on the fold's validation rows. */
  judge(ridge: number, onShare: (done: number) => void): Counted;
  close(): void;
}

export interface RidgeSearch {
  readonly data: Pick<TrainingData, "labels" | "names">;
  readonly seed: number;
  /** From strong to weak. */
  readonly grid: readonly number[];
  /** λ, where it is not to be searched for; then it is judged on one fold. */
  readonly ridge: number | undefined;
  /** Folds that models are trained for, of `FOLDS`. */
  readonly folds: number;
  open(fold: Fold): FoldModels;
  readonly onProgress?: OnProgress | undefined;
}

/** What of a report the search is. */
export type SearchReport = Pick<
  TrainingReport,
  "ridge" | "tried" | "folds" | "validationRows" | "validationAccuracy" | "majorityAccuracy" | "seed"
>;

const addUp = (parts: readonly Counted[]): Counted =>
  parts.reduce((a, b) => ({
    rows: a.rows + b.rows,
    loss: a.loss + b.loss,
    right: a.right + b.right,
    certain: a.certain + b.certain,
  }));

function triedOf(ridge: number, { rows, loss, right, certain }: Counted): TriedRidge {
  const accuracy = right / rows;
  const standardError = Math.sqrt((accuracy * (1 - accuracy)) / rows);
  return { ridge, loss: loss / rows, accuracy, standardError, certain };
}

/** Validation rows that have the most frequent label of the fold's training rows. */
function majorityRight({ training, validation }: Fold, labels: Uint32Array, classes: number): number {
  const counts = new Uint32Array(classes);
  for (const i of training) counts[labels[i]!]!++;
  const most = counts.indexOf(Math.max(...counts));
  return validation.filter((i) => labels[i] === most).length;
}

/**
 * Judges each λ by models that have not seen the rows that they are judged on, and chooses one. The first fold goes from strong to weak
 * until that makes nothing better; the others go as far.
 */
export function searchRidge({
  data,
  seed,
  grid,
  ridge: given,
  folds,
  open,
  onProgress,
}: RidgeSearch): SearchReport {
  const { labels, names } = data;
  const dealt = dealFolds(labels, names.length, seed, FOLDS);
  const used = dealt.slice(0, given === undefined ? folds : 1);
  let ridges = given === undefined ? grid : [given];
  const right = (fold: Fold): number => majorityRight(fold, labels, names.length);
  const judged: Counted[][] = [];
  for (const [f, fold] of used.entries()) {
    const models = open(fold);
    const mine: Counted[] = [];
    try {
      for (const [at, ridge] of ridges.entries()) {
        const total = used.length * ridges.length;
        const report = (share: number): void =>
          onProgress?.({ stage: `try λ = ${ridge}`, done: f * ridges.length + at + share, total });
        mine.push(models.judge(ridge, report));
        const tried = mine.map((one, i) => triedOf(ridges[i]!, one));
        if (f === 0 && at > 0 && isPastBest(tried, right(fold) / fold.validation.length)) {
          ridges = ridges.slice(0, at + 1);
          break;
        }
      }
    } finally {
      models.close();
    }
    judged.push(mine);
  }
  const tried = ridges.map((ridge, at) => triedOf(ridge, addUp(judged.map((one) => one[at]!))));
  const validationRows = used.reduce((sum, { validation }) => sum + validation.length, 0);
  const majorityAccuracy = used.reduce((sum, fold) => sum + right(fold), 0) / validationRows;
  const chosen = chooseRidge(tried, majorityAccuracy);
  return {
    ridge: chosen.ridge,
    tried,
    folds: { of: FOLDS, used: used.length },
    validationRows,
    validationAccuracy: chosen.accuracy,
    majorityAccuracy,
    seed,
  };
}
