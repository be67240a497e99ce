import { pickRows } from "./activations.ts";
import { withReport } from "./adapter.ts";
import type { Fold } from "./folds.ts";
import type { FitOptions, ModelFamily } from "./model-family.ts";
import { countOf } from "./quality.ts";
import { BATCH_RIDGES } from "./ridge-choice.ts";
import { type FoldModels, searchRidge } from "./ridge-search.ts";
import { checkData, type TrainingData } from "./training-data.ts";
import type { Adapter } from "./types.ts";

/** A model that is trained in batches has no start to gain from: each λ of each fold is a whole training, so one fold has to do. */
const FOLDS_USED = 1;

/** What decides a fit besides the rows and λ. */
export type FamilyOptions = Omit<FitOptions, "rows" | "ridge" | "start" | "tolerance" | "helpers"> & {
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
};

/**
 * Trains a model of any family on all rows. λ is chosen as `searchRidge` says, on one fold; the accuracy that is reported is that of a
 * model that had not seen the rows.
 *
 * @throws TRB_MODEL_TRAINING_DATA
 */
export function trainFamily<A extends Adapter>(
  family: ModelFamily<A>,
  data: TrainingData,
  { ridge: given, onProgress, ...options }: FamilyOptions,
): A {
  checkData(data);
  const { activations, labels } = data;
  const { seed } = options;
  const open = ({ training, validation }: Fold): FoldModels => {
    const asked = pickRows(activations, validation);
    const answers = validation.map((i) => labels[i]!);
    const all = validation.map((_, i) => i);
    return {
      judge(ridge, onShare) {
        const onEpoch = ({ done, total }: { done: number; total: number }): void => onShare(done / total);
        const model = family.fit(data, { ...options, onProgress: onEpoch, ridge, rows: training });
        return countOf(family.logProbabilities(model, asked), answers, all);
      },
      close() {},
    };
  };
  const search = { data, seed, grid: BATCH_RIDGES, ridge: given, folds: FOLDS_USED, open, onProgress };
  const searched = searchRidge(search);
  const model = family.fit(data, {
    ...options,
    ridge: searched.ridge,
    onProgress: ({ done, total }) => onProgress?.({ stage: "train on all rows", done, total }),
  });
  return withReport(model, { ...model.report, ...searched });
}
