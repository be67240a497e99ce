import type { Device } from "../../numeric/onnx/device.ts";
import { loadIndex } from "../../workspace/index-files.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { type IndexTracer, loadIndexParts } from "../index/index-tracer.ts";
import { openIndexTracers } from "../index/index-tracers.ts";
import { type Finding, findingOf, orFinding } from "./findings.ts";

/** The indexes of an audit that can be served from, and what is false about the files of the others. */
export interface SoundIndexes {
  readonly tracers: ReadonlyMap<number, IndexTracer>;
  readonly damaged: ReadonlyMap<number, Finding>;
  close(): Promise<void>;
}

/**
 * Whether base, adapters and sketch beside an index are those that its manifest names: the manifest is what was registered, and
 * with another sketch any u is what the model gives.
 */
function foreignPart(workspace: Workspace, epoch: number, device: Device): Finding | undefined {
  const { manifest } = loadIndex(workspace, epoch);
  const { base, parts } = loadIndexParts(workspace, epoch, device);
  const finding = (cause: string, there: string, here: string): Finding => ({
    code: `TRB_AUDIT_${cause}`,
    message: `index ${epoch} was made with ${there}, beside it is ${here}`,
  });
  const adapters = parts.adapters.map(({ digest }) => digest);
  if (manifest.base !== base.digest) return finding("OTHER_MODEL", manifest.base, base.digest);
  if (String(manifest.adapters) !== String(adapters))
    return finding("OTHER_MODEL", manifest.adapters.join(", "), adapters.join(", "));
  if (manifest.sketch !== parts.sketch.digest) return finding("SKETCH", manifest.sketch, parts.sketch.digest);
  return undefined;
}

/**
 * Opens the indexes of an audit, but for those whose files were changed.
 *
 * @throws what opening throws besides: a device that is not there, a file that is missing
 */
export async function openSound(
  workspace: Workspace,
  epochs: readonly number[],
  device: Device = "cpu",
): Promise<SoundIndexes> {
  const damaged = new Map<number, Finding>();
  for (const epoch of new Set(epochs)) {
    const found = await orFinding(() => foreignPart(workspace, epoch, device));
    const finding = "code" in found ? found : found.value;
    if (finding !== undefined) damaged.set(epoch, finding);
  }
  const sound = epochs.filter((epoch) => !damaged.has(epoch));
  try {
    return { damaged, ...(await openIndexTracers(workspace, sound, device)) };
  } catch (error) {
    const finding = findingOf(error);
    if (finding === undefined) throw error;
    // Each has the right digests, and they do not open all the same: nobody can have served with them.
    for (const epoch of sound) damaged.set(epoch, finding);
    return { damaged, tracers: new Map(), close: async () => {} };
  }
}
