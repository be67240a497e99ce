import { scoreTrace } from "../attribution/scores.ts";
import { type Device, requireDevice } from "../core/device.ts";
import { type AdaptedNetwork, adaptedNetwork } from "../model/network/adapted.ts";
import { openBase } from "../model/session.ts";
import type { Adapter } from "../model/types.ts";
import type { TierName } from "../params/tiers.ts";
import { openTracer } from "../trace/tracer.ts";
import type { Quantisation, Tracer } from "../trace/types.ts";
import { loadIndex } from "./index-files.ts";
import { loadModel } from "./train.ts";
import type { Workspace } from "./workspace.ts";

export interface IndexTracer {
  readonly tier: TierName;
  readonly tracer: Tracer;
  /** Of the model, in the order of its probabilities. */
  readonly labels: readonly string[];
  readonly quantisation: Quantisation;
}

/**
 * Opens a model, with all members of its ensemble, and its index for serving. Members that the sketch was not made for are
 * refused.
 *
 * @param epoch their number here
 * @param device where the graphs run
 * @throws TRB_PIPELINE_MISSING, TRB_TRACE_MISMATCH, TRB_MODEL_DEVICE, and what opening a base throws
 */
export async function openIndexTracer(
  workspace: Workspace,
  epoch: number,
  device: Device = "cpu",
): Promise<IndexTracer> {
  const { base: model, adapter, others } = loadModel(workspace, epoch);
  const { index, manifest, sketch } = loadIndex(workspace, epoch);
  await requireDevice(device);
  const base = await openBase(model, device);
  try {
    const quantisation = {
      columnScales: Float64Array.from(manifest.columnScales),
      minimumNorm: manifest.minimumNorm,
    };
    const score = (u: Int8Array): Int32Array => scoreTrace(u, index);
    const adapted = (one: Adapter): AdaptedNetwork => adaptedNetwork(one, model);
    const adapters = [adapter, ...others] as const;
    const tracer = await openTracer({ base, adapters, adapted, sketch, quantisation, score, device });
    const close = async (): Promise<void> => {
      await tracer.close();
      await base.close();
    };
    return {
      tier: index.tier,
      tracer: { ...tracer, close },
      labels: adapter.labels,
      quantisation,
    };
  } catch (error) {
    await base.close();
    throw error;
  }
}
