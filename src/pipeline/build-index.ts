import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildIndex as buildAttribution } from "../attribution/build.ts";
import { DEFAULT_DEFENCES, type Defences } from "../attribution/defences.ts";
import type { BuiltIndex } from "../attribution/types.ts";
import { commitIndex } from "../commitment/index-commitment.ts";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { nearDuplicates } from "../datanet/near-duplicates.ts";
import type { DataNet } from "../datanet/types.ts";
import { familyOf } from "../model/family.ts";
import { openBase } from "../model/session.ts";
import { TIERS } from "../params/tiers.ts";
import { sketchRows } from "../sketch/apply.ts";
import { fitPcaSketch } from "../sketch/fit.ts";
import type { Sketch } from "../sketch/types.ts";
import { loadDataNet, tierOf } from "./import.ts";
import { type StoredIndex, storeIndex } from "./index-files.ts";
import { withSrs } from "./reference-string.ts";
import { featuresOf, labelsOf, loadModel, type TrainedModel } from "./train.ts";
import type { Workspace } from "./workspace.ts";

const SEED_BYTES = 32;

export interface BuildOptions {
  /** Number of the model here; the newest where undefined. */
  readonly epoch?: number | undefined;
  readonly seed: number;
  /** DEFAULT_DEFENCES where absent. */
  readonly defences?: Defences | undefined;
}

/** The rows that a model was trained on: those of its DataNet version. @throws TRB_PIPELINE_OTHER_DATANET */
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

/** Gradients of the training rows, their sketch, and the integers made from it. */
async function attribute(
  datanet: DataNet,
  model: TrainedModel,
  { seed, defences = DEFAULT_DEFENCES }: Pick<BuildOptions, "seed" | "defences">,
  onProgress: OnProgress,
): Promise<{ built: BuiltIndex; sketch: Sketch }> {
  const tier = tierOf(datanet);
  const { rows, assigned } = trainedRows(datanet, model);
  const opened = await openBase(model.base);
  try {
    const activations = await opened.encode(featuresOf(rows), onProgress);
    const family = familyOf(model.adapter.kind, model.base);
    const gradients = family.layerGradients(model.adapter, activations, labelsOf(rows)).at(-1)!;
    const adapter = model.adapter.digest;
    const sketch = fitPcaSketch(gradients, { width: TIERS[tier].width, seed, adapter });
    const built = buildAttribution(
      {
        tier,
        sketched: sketchRows([[gradients]], sketch),
        owners: Uint32Array.from(rows, ({ position }) => position),
        assigned,
        datanet: model.adapter.datanet,
        base: model.base.digest,
        adapter,
        sketch: sketch.digest,
        ridge: model.adapter.report.ridge,
        blindingSeed: new Uint8Array(randomBytes(SEED_BYTES)),
        defences,
        duplicates: nearDuplicates(featuresOf(rows), labelsOf(rows)),
      },
      onProgress,
    );
    return { built, sketch };
  } finally {
    await opened.close();
  }
}

/**
 * Builds the attribution index of a model, commits to it, and keeps it under the model's number.
 *
 * @throws TRB_PIPELINE_INDEX_EXISTS: an index may be registered, and another one with its number would lose its money
 */
export async function buildIndex(
  workspace: Workspace,
  { epoch, seed, defences }: BuildOptions,
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
  const { built, sketch } = await attribute(datanet, model, { seed, defences }, onProgress);
  onProgress({ stage: "commit to the index", done: 0, total: 1 });
  const commitment = await withSrs(built.index.tier, (srs) => commitIndex(built.index, srs));
  return storeIndex(workspace, model.number, { built, sketch, commitment });
}
