import { scoreTrace } from "../../attribution/scores.ts";
import { adaptedNetwork } from "../../model/network/adapted.ts";
import { openBase } from "../../model/session.ts";
import type { Base } from "../../model/types.ts";
import { type Device, requireDevice } from "../../numeric/onnx/device.ts";
import type { TierName } from "../../params/tiers.ts";
import { openTracer, type TracerParts } from "../../trace/tracer.ts";
import type { Quantisation, Tracer } from "../../trace/types.ts";
import { loadIndex } from "../../workspace/index-files.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { loadModel } from "../training/train.ts";

export interface IndexTracer {
  readonly tier: TierName;
  readonly tracer: Tracer;
  /** Of the model, in the order of its probabilities. */
  readonly labels: readonly string[];
  readonly quantisation: Quantisation;
}

/** A model and its index as they are on disk, ready to be opened on a base's session. */
export interface IndexParts extends Omit<IndexTracer, "tracer"> {
  readonly base: Base;
  readonly parts: Omit<TracerParts, "base">;
}

/**
 * Reads a model, with all members of its ensemble, and its index.
 *
 * @throws TRB_WORKSPACE_MISSING, and what reading their files throws
 */
export function loadIndexParts(workspace: Workspace, epoch: number, device: Device): IndexParts {
  const { base, adapter, others } = loadModel(workspace, epoch);
  const { index, manifest, sketch } = loadIndex(workspace, epoch);
  const quantisation = {
    columnScales: Float64Array.from(manifest.columnScales),
    minimumNorm: manifest.minimumNorm,
  };
  return {
    tier: index.tier,
    labels: adapter.labels,
    quantisation,
    base,
    parts: {
      adapters: [adapter, ...others],
      adapted: (one) => adaptedNetwork(one, base),
      sketch,
      quantisation,
      score: (u) => scoreTrace(u, index),
      device,
    },
  };
}

/**
 * Opens a model, with all members of its ensemble, and its index for serving. Members that the sketch was not made for are
 * refused.
 *
 * @param epoch their number here
 * @param device where the graphs run
 * @throws TRB_WORKSPACE_MISSING, TRB_TRACE_MISMATCH, TRB_MODEL_DEVICE, and what opening a base throws
 */
export async function openIndexTracer(
  workspace: Workspace,
  epoch: number,
  device: Device = "cpu",
): Promise<IndexTracer> {
  const { base: model, parts, ...about } = loadIndexParts(workspace, epoch, device);
  await requireDevice(device);
  const base = await openBase(model, device);
  try {
    const tracer = await openTracer({ ...parts, base });
    const close = async (): Promise<void> => {
      await tracer.close();
      await base.close();
    };
    return { ...about, tracer: { ...tracer, close } };
  } catch (error) {
    await base.close();
    throw error;
  }
}
