import { scoreTrace } from "../attribution/scores.ts";
import { type AdaptedNetwork, adaptedNetwork } from "../model/network/adapted.ts";
import { openBase } from "../model/session.ts";
import type { Adapter } from "../model/types.ts";
import type { TierName } from "../params/tiers.ts";
import { openTracer } from "../trace/tracer.ts";
import type { Tracer } from "../trace/types.ts";
import { loadIndex } from "./index-files.ts";
import { loadModel } from "./train.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Opens a model with its index for serving.
 *
 * @param epoch their number here
 * @throws TRB_PIPELINE_MISSING, TRB_TRACE_MISMATCH, and what opening a base throws
 */
export async function openIndexTracer(
  workspace: Workspace,
  epoch: number,
): Promise<{ readonly tier: TierName; readonly tracer: Tracer }> {
  const { base: model, adapter } = loadModel(workspace, epoch);
  const { index, manifest, sketch } = loadIndex(workspace, epoch);
  const base = await openBase(model);
  try {
    const quantisation = {
      columnScales: Float64Array.from(manifest.columnScales),
      minimumNorm: manifest.minimumNorm,
    };
    const score = (u: Int8Array): Int32Array => scoreTrace(u, index);
    const adapted = (one: Adapter): AdaptedNetwork => adaptedNetwork(one, model);
    const tracer = await openTracer({ base, adapters: [adapter], adapted, sketch, quantisation, score });
    const close = async (): Promise<void> => {
      await tracer.close();
      await base.close();
    };
    return { tier: index.tier, tracer: { infer: tracer.infer, close } };
  } catch (error) {
    await base.close();
    throw error;
  }
}
