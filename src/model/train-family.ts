import { seededRandom } from "../numeric/random.ts";
import { withReport } from "./adapter.ts";
import type { FitOptions, ModelFamily } from "./model-family.ts";
import { qualityOf } from "./quality.ts";
import { majorityAccuracy, RIDGES, VALIDATION_SHARE } from "./train.ts";
import { checkData, type TrainingData } from "./training-data.ts";
import type { Adapter, TrainingReport } from "./types.ts";

/** What decides a fit besides the rows and λ. */
export type FamilyOptions = Omit<FitOptions, "rows" | "ridge" | "start" | "tolerance" | "helpers"> & {
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
};

/**
 * Trains a model of any family on all rows. λ is chosen on a tenth of them, set aside by the seed: the most accurate, of
 * equals the one of lower loss. The accuracy that is reported is that of the model that has not seen them.
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
  const order = seededRandom(options.seed).permutation(activations.rows);
  const aside = Math.ceil(activations.rows * VALIDATION_SHARE);
  const validation = order.slice(0, aside).sort();
  const training = order.slice(aside).sort();
  const ridges = given === undefined ? RIDGES : [given];
  const stages = ridges.length + 1;
  const report = (stage: string, at: number) => {
    if (onProgress === undefined) return {};
    return {
      onProgress: ({ done, total }: { done: number; total: number }) =>
        onProgress({ stage, done: at + done / total, total: stages }),
    };
  };

  const tried = ridges.map((ridge, at) => {
    const model = family.fit(data, { ...options, ...report(`try λ = ${ridge}`, at), ridge, rows: training });
    const logs = family.logProbabilities(model, activations);
    return { ridge, ...qualityOf(logs, labels, validation) };
  });
  const best = tried.reduce((a, b) =>
    b.accuracy > a.accuracy || (b.accuracy === a.accuracy && b.loss < a.loss) ? b : a,
  );
  const model = family.fit(data, {
    ...options,
    ...report("train on all rows", ridges.length),
    ridge: best.ridge,
  });
  const counts: TrainingReport = {
    ...model.report,
    tried,
    validationRows: aside,
    validationAccuracy: best.accuracy,
    majorityAccuracy: majorityAccuracy(labels, training, validation, data.names.length),
  };
  return withReport(model, counts);
}
