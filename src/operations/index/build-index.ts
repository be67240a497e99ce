import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildIndex as buildIntegers } from "../../attribution/build.ts";
import { duplicateWeights } from "../../attribution/duplicate-weights.ts";
import type { IndexDraft, InfluenceParts } from "../../attribution/types.ts";
import { commitIndex } from "../../commitment/index-commitment.ts";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { nearDuplicates } from "../../datanet/near-duplicates.ts";
import { featuresAt, featuresBetween, firstRows } from "../../datanet/row-table.ts";
import type { DataNetTable } from "../../datanet/store.ts";
import type { Features } from "../../datanet/types.ts";
import { outcomeStore } from "../../evaluation/outcome-store.ts";
import { ensureFolder, withSpill } from "../../files/disk.ts";
import type { SpillFile } from "../../files/spill-file.ts";
import { openBase } from "../../model/session.ts";
import { TIERS } from "../../params/tiers.ts";
import type { Sketch } from "../../sketch/types.ts";
import { type StoredIndex, storeIndex } from "../../workspace/index-files.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { attributeStream } from "../attribution/attribute.ts";
import { fitMethod, fitSample } from "../attribution/fit.ts";
import type { LabelledRows } from "../attribution/gradients.ts";
import { DEFAULT_METHOD, type MethodOptions } from "../attribution/options.ts";
import { loadDataNetTable, tierOf } from "../import.ts";
import type { KeySource } from "../keys/key-source.ts";
import { withSrs } from "../keys/reference-string.ts";
import { searchForIndex } from "../ridge-search/of-index.ts";
import type { SearchOptions } from "../ridge-search/options.ts";
import { withSearched } from "../ridge-search/record.ts";
import { activationsOf, loadModel, type TrainedModel } from "../training/train.ts";
import type { Subject } from "./subject.ts";

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

/** The rows that a model and its members were trained on: those of its DataNet version. @throws TRB_INDEX_OTHER_DATANET */
function trainedRows(datanet: DataNetTable, { adapter }: TrainedModel) {
  const version = datanet.versions[adapter.datanet.version - 1];
  if (version === undefined || version.root !== adapter.datanet.root) {
    throw new TributaryError("TRB_INDEX_OTHER_DATANET", "The model was trained on another DataNet.", {
      details: `version ${adapter.datanet.version}, root ${adapter.datanet.root}`,
      hint: "Train a model on this one: tributary train",
    });
  }
  return { rows: firstRows(datanet.table, version.rows), assigned: version.contributors };
}

/** Hands the rows that a model was trained on to some work, while its base is open. */
export async function withSubject<T>(
  datanet: DataNetTable,
  model: TrainedModel,
  { nearSimilarity }: Pick<MethodOptions, "nearSimilarity">,
  onProgress: OnProgress,
  work: (subject: Subject) => Promise<T>,
): Promise<T> {
  const { rows, assigned } = trainedRows(datanet, model);
  const { features, labels, positions } = rows;
  const { adapter, others, base } = model;
  const opened = await openBase(base);
  const encode = async (some: readonly Features[], own: Uint32Array): Promise<LabelledRows> => ({
    adapters: [adapter, ...others],
    base,
    activations: await activationsOf(opened, adapter.kind, some),
    labels: own,
  });
  try {
    onProgress({ stage: "look for near-duplicates", done: 0, total: 1 });
    return await work({
      labels,
      owners: positions,
      assigned,
      tier: tierOf(datanet),
      duplicates: nearDuplicates({ features, labels, owners: positions }, { similarity: nearSimilarity }),
      between: (from, to) => encode(featuresBetween(features, from, to), labels.subarray(from, to)),
      at: (list) =>
        encode(
          featuresAt(features, list),
          list.map((row) => labels[row]!),
        ),
    });
  } finally {
    await opened.close();
  }
}

/**
 * The integers of the index and the sketch that its traces are made with: the same from the same arguments.
 *
 * @param spill where the rows' influence is until it is read; has to stay open as long
 */
export async function attributeSubject(
  subject: Subject,
  model: TrainedModel,
  options: MethodOptions,
  blindingSeed: Uint8Array,
  spill: SpillFile,
  onProgress: OnProgress,
): Promise<{ built: Omit<IndexDraft, "rows"> & { readonly rows: InfluenceParts }; sketch: Sketch }> {
  const { tier, owners, assigned, duplicates } = subject;
  const { first, joined, limit, skipped } = duplicates;
  const rule = options.nearDuplicates;
  const given = rule === "off" ? undefined : duplicateWeights(first, rule);
  const { positions, width } = TIERS[tier];
  const chosen = fitSample(owners.length, options);
  const sample = await subject.at(chosen);
  const fitted = fitMethod(
    sample,
    chosen.map((row) => owners[row]!),
    width,
    chosen.length === owners.length ? options : { ...options, order: 1 },
    onProgress,
  );
  const { sums, influence } = await attributeStream(subject, positions, fitted, spill, { given, onProgress });
  const { index, manifest } = buildIntegers({
    tier,
    sums,
    owners,
    assigned,
    datanet: model.adapter.datanet,
    base: model.base.digest,
    adapters: sample.adapters.map(({ digest }) => digest),
    sketch: fitted.sketch.digest,
    method: fitted.record,
    nearDuplicates: {
      rule,
      similarity: options.nearSimilarity,
      limit,
      clusters: new Set(first).size,
      joined,
      ...(skipped > 0 ? { skipped } : {}),
    },
    blindingSeed,
  });
  return { built: { index, manifest, rows: influence(manifest.scale) }, sketch: fitted.sketch };
}

/**
 * Builds the attribution index of a model, commits to it, and keeps it under the model's number.
 *
 * @throws TRB_INDEX_EXISTS: an index may be registered, and another one with its number would lose its money
 */
export async function buildIndex(
  workspace: Workspace,
  { epoch, method, search, keys }: BuildOptions,
  onProgress: OnProgress,
): Promise<StoredIndex> {
  onProgress({ stage: "read the rows", done: 0, total: 1 });
  const datanet = loadDataNetTable(workspace);
  const model = loadModel(workspace, epoch);
  if (existsSync(join(workspace.indexes, String(model.number)))) {
    throw new TributaryError("TRB_INDEX_EXISTS", "This model has its index already.", {
      details: `index ${model.number}`,
      hint: "Train another model for another index: tributary train",
    });
  }
  const asked = { ...DEFAULT_METHOD, ...method };
  const optionsFor = async (subject: Subject): Promise<MethodOptions> => {
    if (search === undefined) return asked;
    const store = outcomeStore(workspace.searches);
    return withSearched(asked, await searchForIndex(subject, model, asked, search, store, onProgress));
  };
  ensureFolder(workspace.indexes);
  return withSpill(workspace.indexes, (spill) =>
    withSubject(datanet, model, asked, onProgress, async (subject) => {
      const options = await optionsFor(subject);
      const seed = randomBytes(SEED_BYTES);
      const { built, sketch } = await attributeSubject(subject, model, options, seed, spill, onProgress);
      onProgress({ stage: "commit to the index", done: 0, total: 1 });
      const commitment = await withSrs(built.index.tier, (srs) => commitIndex(built.index, srs), keys);
      return storeIndex(workspace, model.number, { built, sketch, commitment });
    }),
  );
}
