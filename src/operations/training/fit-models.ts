import type { OnProgress } from "../../core/progress.ts";
import { familyOf } from "../../model/family.ts";
import type { FitOptions } from "../../model/model-family.ts";
import { trainAdapter } from "../../model/train.ts";
import { trainFamily } from "../../model/train-family.ts";
import type { TrainingData } from "../../model/training-data.ts";
import type { Adapter, Base } from "../../model/types.ts";
import type { Ensemble } from "./member-sources.ts";
import { type MemberSource, memberTrainer } from "./member-sources.ts";

/** The adapter that answers, then the further members of its ensemble, whose gradients are traced beside its own. */
export type Models = readonly [Adapter, ...Adapter[]];

/** What is trained, and the shape of what is not a single head. */
export interface AdapterOptions extends Pick<FitOptions, "hidden" | "rank" | "scale" | "targets" | "epochs"> {
  readonly kind: Adapter["kind"];
  /** Models of the ensemble; 1 where absent. */
  readonly members?: number;
  /** What the further ones are; seeds where absent. */
  readonly membersFrom?: MemberSource;
}

export interface ModelOptions {
  readonly adapter: AdapterOptions;
  readonly seed: number;
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
}

/**
 * An adapter with the further members of its ensemble: of its shape, λ and rows, or of a part of them. Beyond those that are
 * given only the missing ones are trained.
 *
 * @param data what the first was trained on
 * @param models the first, and further ones that came from the same source
 * @throws TRB_TRAINING_CONVEX_MEMBERS, TRB_TRAINING_NO_CHECKPOINTS, TRB_TRAINING_FEW_CHECKPOINTS
 */
export function ensembleOf(
  base: Base,
  data: TrainingData,
  [served, ...others]: Models,
  { members, from }: Ensemble,
  onProgress: OnProgress,
): Models {
  const stage = "train the ensemble";
  const train = memberTrainer(base, data, served, { members, from });
  const further = Array.from({ length: members - 1 }, (_, m) => {
    if (others[m] !== undefined) return others[m];
    onProgress({ stage, done: m, total: members - 1 });
    return train(m);
  });
  onProgress({ stage, done: 1, total: 1 });
  return [served, ...further];
}

/**
 * Trains an adapter again as its own report says that it was trained: seed, shape and schedule, and the λ that was given or the
 * search for it. The same bytes, where the report and the data are the ones that it came from.
 *
 * @param data what it was trained on
 * @throws TRB_MODEL_*
 */
export function trainAgain(
  base: Base,
  data: TrainingData,
  adapter: Adapter,
  onProgress: OnProgress,
): Adapter {
  const { seed, tried, ridge: chosen } = adapter.report;
  const options = { seed, ridge: tried.length === 1 ? chosen : undefined, onProgress };
  return adapter.kind === "linear"
    ? trainAdapter(data, options)
    : trainFamily(familyOf(adapter.kind, base), data, { ...options, like: adapter });
}

/** Trains an adapter of the wanted kind and shape on all rows, and its ensemble. @throws TRB_MODEL_* and as ensembleOf */
export function fitModels(
  base: Base,
  data: TrainingData,
  { adapter, seed, ridge }: ModelOptions,
  onProgress: OnProgress,
): Models {
  const { kind, members = 1, membersFrom: from = "seeds", ...shape } = adapter;
  const options = { seed, ridge, onProgress };
  const served =
    kind === "linear"
      ? trainAdapter(data, options)
      : trainFamily(familyOf(kind, base), data, { ...options, ...shape });
  return ensembleOf(base, data, [served], { members, from }, onProgress);
}
