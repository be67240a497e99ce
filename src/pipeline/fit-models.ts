import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { type FitOptions, familyOf } from "../model/family.ts";
import { type TrainingData, trainAdapter } from "../model/train.ts";
import { trainFamily } from "../model/train-family.ts";
import type { Adapter, Base } from "../model/types.ts";
import { STREAM, streamSeed } from "./evaluate/subsets.ts";

/** The adapter that answers, then the further members of its ensemble, whose gradients are traced beside its own. */
export type Models = readonly [Adapter, ...Adapter[]];

/** What is trained, and the shape of what is not a single head. */
export interface AdapterOptions extends Pick<FitOptions, "hidden" | "rank" | "scale" | "targets" | "epochs"> {
  readonly kind: Adapter["kind"];
  /** Models of the ensemble; 1 where absent. */
  readonly members?: number;
}

export interface ModelOptions {
  readonly adapter: AdapterOptions;
  readonly seed: number;
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
}

/**
 * An adapter with the further members of its ensemble: of its shape, λ and rows, from seeds that follow from its own. Nothing
 * about them is free, so that whoever has the rows and the first makes the same bytes again. Beyond those that are given
 * only the missing ones are trained.
 *
 * @param data what the first was trained on
 * @throws TRB_PIPELINE_CONVEX_MEMBERS
 */
export function ensembleOf(
  base: Base,
  data: TrainingData,
  [served, ...others]: Models,
  members: number,
  onProgress: OnProgress,
): Models {
  const { kind, report } = served;
  if (members > 1 && kind === "linear") {
    throw new TributaryError("TRB_PIPELINE_CONVEX_MEMBERS", "A softmax head has no ensemble.", {
      details: `${members} members: its loss has one minimum, so that all of them would be the same model`,
      hint: "Take --kind mlp or lora, or leave --members out.",
    });
  }
  const family = familyOf(kind, base);
  const stage = "train the ensemble";
  const train = (m: number): Adapter => {
    onProgress({ stage, done: m, total: members - 1 });
    const seed = streamSeed(report.seed, STREAM.members, m);
    return family.fit(data, { seed, ridge: report.ridge, like: served });
  };
  const further = Array.from({ length: members - 1 }, (_, m) => others[m] ?? train(m));
  onProgress({ stage, done: 1, total: 1 });
  return [served, ...further];
}

/** Trains an adapter of the wanted kind and shape on all rows, and its ensemble. @throws TRB_MODEL_* and as ensembleOf */
export function fitModels(
  base: Base,
  data: TrainingData,
  { adapter, seed, ridge }: ModelOptions,
  onProgress: OnProgress,
): Models {
  const { kind, members = 1, ...shape } = adapter;
  const options = { seed, ridge, onProgress };
  const served =
    kind === "linear"
      ? trainAdapter(data, options)
      : trainFamily(familyOf(kind, base), data, { ...options, ...shape });
  return ensembleOf(base, data, [served], members, onProgress);
}
