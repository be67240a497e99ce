import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { scalarBytes } from "../../crypto/kzg/commit.ts";
import { makeFileWhole } from "../../files/whole-file.ts";
import type { TierName } from "../../params/tiers.ts";
import { type NativeAddon, type NativeOptions, nativeAddon, runNative } from "../native-addon.ts";
import { developmentTrapdoor } from "./secrets.ts";
import { writeDevelopmentSrs } from "./srs.ts";
import { writeDevelopmentKey } from "./zkey.ts";

export interface MakeOptions extends NativeOptions {
  /** Default: the native code where it is built. `null` is the JavaScript that gives the same bytes. */
  readonly addon?: NativeAddon | null;
}

/** Progress that ends the work when the signal is aborted: the JavaScript reports after each share of a thread. */
function stoppable({ onProgress, signal }: MakeOptions): OnProgress {
  return (progress) => {
    if (signal?.aborted) {
      throw new TributaryError("TRB_PROOF_CANCELLED", "the work was cancelled", { cause: signal.reason });
    }
    onProgress?.(progress);
  };
}

const chosen = ({ addon }: MakeOptions): NativeAddon | undefined =>
  addon === undefined ? nativeAddon() : (addon ?? undefined);

/**
 * Writes a development key (see writeDevelopmentKey), natively where that is built.
 *
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT, TRB_FILE_WRITE, TRB_PROOF_R1CS, TRB_PROOF_CANCELLED; nothing is left under the name
 */
export async function makeDevelopmentKey(
  tier: TierName,
  r1csPath: string,
  zkeyPath: string,
  options: MakeOptions = {},
): Promise<void> {
  const addon = chosen(options);
  if (addon === undefined) return writeDevelopmentKey(tier, r1csPath, zkeyPath, stoppable(options));
  const { tau, alpha, beta, delta } = developmentTrapdoor(tier);
  const trapdoor = scalarBytes([tau, alpha, beta, delta]);
  await makeFileWhole(zkeyPath, (temporary) =>
    runNative(addon, options, (reporter) =>
      addon.writeDevelopmentKey(r1csPath, temporary, trapdoor, options.threads, reporter),
    ),
  );
}

/** Writes the powers of the development τ (see writeDevelopmentSrs), natively where that is built. */
export async function makeDevelopmentSrs(
  path: string,
  length: number,
  options: MakeOptions = {},
): Promise<void> {
  const addon = chosen(options);
  if (addon === undefined) return writeDevelopmentSrs(path, length, stoppable(options));
  // τ is the same whatever the tier.
  const tau = scalarBytes([developmentTrapdoor("mini").tau]);
  await makeFileWhole(path, (temporary) =>
    runNative(addon, options, (reporter) =>
      addon.writeDevelopmentSrs(temporary, length, tau, options.threads, reporter),
    ),
  );
}
