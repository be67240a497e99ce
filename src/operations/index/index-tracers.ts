import type { Hex } from "../../core/hex.ts";
import { openBase } from "../../model/session.ts";
import type { OpenBase } from "../../model/types.ts";
import { type Device, requireDevice } from "../../numeric/onnx/device.ts";
import { openSharedSession, type SharedSession, traceShape } from "../../trace/shared.ts";
import { openTracer } from "../../trace/tracer.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type IndexParts, type IndexTracer, loadIndexParts } from "./index-tracer.ts";

export interface IndexTracers {
  /** By the indexes' numbers here. Each is closed with all of them. */
  readonly tracers: ReadonlyMap<number, IndexTracer>;
  close(): Promise<void>;
}

const shapeOf = ({ parts: { adapters, adapted, sketch } }: IndexParts): string =>
  JSON.stringify(traceShape(adapters.map(adapted), sketch));

/**
 * Opens several models with their indexes to be served by one process: a base is open once, however many adapters are on it, and
 * models of one shape share one session. One that nobody shares a shape with has a session of its own, which is faster.
 *
 * @param epochs their numbers here
 * @throws as openIndexTracer
 */
export async function openIndexTracers(
  workspace: Workspace,
  epochs: readonly number[],
  device: Device = "cpu",
): Promise<IndexTracers> {
  const loaded = new Map(
    [...new Set(epochs)].map((epoch) => [epoch, loadIndexParts(workspace, epoch, device)]),
  );
  const alike = Map.groupBy(loaded.values(), shapeOf);
  await requireDevice(device);
  const bases = new Map<Hex, OpenBase>();
  const sessions = new Map<string, SharedSession>();
  const tracers = new Map<number, IndexTracer>();
  const close = async (): Promise<void> => {
    for (const { tracer } of tracers.values()) await tracer.close();
    for (const session of sessions.values()) await session.close();
    for (const base of bases.values()) await base.close();
  };
  try {
    for (const [epoch, one] of loaded) {
      const { base: model, parts, ...about } = one;
      const base = bases.get(model.digest) ?? (await openBase(model, device));
      bases.set(model.digest, base);
      const shape = shapeOf(one);
      const { adapters, adapted, sketch } = parts;
      if (alike.get(shape)!.length > 1 && !sessions.has(shape))
        sessions.set(shape, await openSharedSession(adapters.map(adapted), sketch, device));
      const shared = sessions.get(shape);
      tracers.set(epoch, {
        ...about,
        tracer: await openTracer({ ...parts, base, ...(shared && { shared }) }),
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { tracers, close };
}
