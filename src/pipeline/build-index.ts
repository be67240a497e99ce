import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildIndex as buildAttribution } from "../attribution/build.ts";
import { duplicateWeights } from "../attribution/duplicate-weights.ts";
import type { BuiltIndex } from "../attribution/types.ts";
import { commitIndex } from "../commitment/index-commitment.ts";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { type NearDuplicates, nearDuplicates } from "../datanet/near-duplicates.ts";
import type { DataNet } from "../datanet/types.ts";
import { openBase } from "../model/session.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import type { Sketch } from "../sketch/types.ts";
import { attributeRows, fitMethod } from "./attribution/attribute.ts";
import type { LabelledRows } from "./attribution/gradients.ts";
import { DEFAULT_METHOD, type MethodOptions } from "./attribution/options.ts";
import { outcomeStore } from "./evaluate/outcome-store.ts";
import { loadDataNet, tierOf } from "./import.ts";
import { type StoredIndex, storeIndex } from "./index-files.ts";
import type { KeySource } from "./key-source.ts";
import { withSrs } from "./reference-string.ts";
import { searchForIndex } from "./ridge-search/of-index.ts";
import { withSearched } from "./ridge-search/record.ts";
import type { SearchOptions } from "./ridge-search/search.ts";
import { activationsOf, featuresOf, labelsOf, loadModel, type TrainedModel } from "./train.ts";
import type { Workspace } from "./workspace.ts";

const SEED_BYTES = 32;

export interface BuildOptions {
  /** Number of the model here; the newest where undefined. */
  readonly epoch?: number | undefined;
  /** What is not given is DEFAULT_METHOD's. */
  readonly method?: Partial<MethodOptions>;
  /** How λ is to be searched for, where it is. */
  readonly search?: SearchOptions | undefined;
  /** Whose powers of τ the index is committed to with; the development keys' by default. */
  readonly keys?: KeySource | undefined;
}

/** The rows that a model and its members were trained on: those of its DataNet version. @throws TRB_PIPELINE_OTHER_DATANET */
function trainedRows(datanet: DataNet, { adapter }: TrainedModel) {
  const version = datanet.versions[adapter.datanet.version - 1];
  if (version === undefined || version.root !== adapter.datanet.root) {
    throw new TributaryError("TRB_PIPELINE_OTHER_DATANET", "The model was trained on another DataNet.", {
      details: `version ${adapter.datanet.version}, root ${adapter.datanet.root}`,
      hint: "Train a model on this one: tributary train",
    });
  }
  return { rows: datanet.rows.slice(0, version.rows), assigned: version.contributors };
}

/** The trained rows as the method sees them, with their positions. */
export interface Subject extends LabelledRows {
  readonly owners: Uint32Array;
  readonly assigned: number;
  readonly tier: TierName;
  /** Clusters of near-duplicates among the rows. */
  readonly duplicates: NearDuplicates;
}

/** The rows that a model was trained on, encoded by its base. */
export async function subjectOf(
  datanet: DataNet,
  model: TrainedModel,
  { nearSimilarity }: Pick<MethodOptions, "nearSimilarity">,
  onProgress: OnProgress,
): Promise<Subject> {
  const { rows, assigned } = trainedRows(datanet, model);
  const opened = await openBase(model.base);
  try {
    return {
      adapters: [model.adapter, ...model.others],
      base: model.base,
      activations: await activationsOf(opened, model.adapter.kind, featuresOf(rows), onProgress),
      labels: labelsOf(rows),
      owners: Uint32Array.from(rows, ({ position }) => position),
      assigned,
      tier: tierOf(datanet),
      duplicates: nearDuplicates(featuresOf(rows), labelsOf(rows), nearSimilarity),
    };
  } finally {
    await opened.close();
  }
}

/** The integers of the index and the sketch that its traces are made with: the same from the same arguments. */
export function attributeSubject(
  subject: Subject,
  model: TrainedModel,
  options: MethodOptions,
  blindingSeed: Uint8Array,
  onProgress: OnProgress,
): { built: BuiltIndex; sketch: Sketch } {
  const { tier, owners, assigned, duplicates } = subject;
  const { first, limit } = duplicates;
  const rule = options.nearDuplicates;
  const weights = rule === "off" ? undefined : duplicateWeights(first, rule);
  const { positions, width } = TIERS[tier];
  const fitted = fitMethod(subject, owners, width, options, onProgress);
  const built = buildAttribution({
    tier,
    ...attributeRows(subject, owners, positions, fitted, onProgress, weights),
    owners,
    assigned,
    datanet: model.adapter.datanet,
    base: model.base.digest,
    adapters: subject.adapters.map(({ digest }) => digest),
    sketch: fitted.sketch.digest,
    method: fitted.record,
    nearDuplicates: {
      rule,
      similarity: options.nearSimilarity,
      limit,
      clusters: new Set(first).size,
    },
    blindingSeed,
  });
  return { built, sketch: fitted.sketch };
}

/**
 * Builds the attribution index of a model, commits to it, and keeps it under the model's number.
 *
 * @throws TRB_PIPELINE_INDEX_EXISTS: an index may be registered, and another one with its number would lose its money
 */
export async function buildIndex(
  workspace: Workspace,
  { epoch, method, search, keys }: BuildOptions,
  onProgress: OnProgress,
): Promise<StoredIndex> {
  const { datanet } = loadDataNet(workspace);
  const model = loadModel(workspace, epoch);
  if (existsSync(join(workspace.indexes, String(model.number)))) {
    throw new TributaryError("TRB_PIPELINE_INDEX_EXISTS", "This model has its index already.", {
      details: `index ${model.number}`,
      hint: "Train another model for another index: tributary train",
    });
  }
  const asked = { ...DEFAULT_METHOD, ...method };
  const subject = await subjectOf(datanet, model, asked, onProgress);
  const options =
    search === undefined
      ? asked
      : withSearched(
          asked,
          await searchForIndex(subject, model, asked, search, outcomeStore(workspace.searches), onProgress),
        );
  const { built, sketch } = attributeSubject(subject, model, options, randomBytes(SEED_BYTES), onProgress);
  onProgress({ stage: "commit to the index", done: 0, total: 1 });
  const commitment = await withSrs(built.index.tier, (srs) => commitIndex(built.index, srs), keys);
  return storeIndex(workspace, model.number, { built, sketch, commitment });
}
