import type { RidgeSearchRecord } from "../../attribution/types.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { OutcomeStore } from "../../evaluation/outcome-store.ts";
import { defaultWorkers } from "../../evaluation/setup.ts";
import { TIERS } from "../../params/tiers.ts";
import type { MethodOptions } from "../attribution/options.ts";
import type { Subject } from "../index/subject.ts";
import type { TrainedModel } from "../training/train.ts";
import type { SearchOptions } from "./options.ts";
import { searchRidge } from "./search.ts";

/**
 * The search for the index of a model.
 *
 * @param store outcomes of the models that it trains
 * @throws as searchRidge
 */
export async function searchForIndex(
  subject: Subject,
  { base, adapter, others }: Pick<TrainedModel, "base" | "adapter" | "others">,
  method: MethodOptions,
  options: SearchOptions,
  store: OutcomeStore,
  onProgress: OnProgress,
): Promise<RidgeSearchRecord> {
  const { owners, assigned, tier } = subject;
  const { activations, labels } = await subject.between(0, owners.length);
  const { labels: names, datanet } = adapter;
  const data = { activations, labels, names, base: base.digest, datanet };
  const { width } = TIERS[tier];
  return searchRidge(
    { base, models: [adapter, ...others], data, owners, assigned, width, method },
    options,
    { store, workers: defaultWorkers() },
    onProgress,
  );
}
