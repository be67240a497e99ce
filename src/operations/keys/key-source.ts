import { existsSync } from "node:fs";
import { join } from "node:path";
import { TributaryError } from "../../core/errors.ts";
import type { TierName } from "../../params/tiers.ts";
import { artifactPaths, checkPinned, developmentKeys, type ProvingKeys } from "../../proof/keys.ts";
import { readManifest } from "../../protocol/manifest.ts";
import type { VerifyingKey } from "../../protocol/verifying-key.ts";
import { isKeyFolder, type KeyFolder, readKeyFolder } from "./key-folder.ts";

/** Where the keys of a run come from. A proof bundle never brings its own. */
export interface KeySource {
  /** Whether anybody can forge under these keys: then they are good for the development chain only. */
  readonly development: boolean;
  /** @throws TRB_PROOF_NO_KEY, TRB_PROOF_PARAMS_MISMATCH */
  proving(tier: TierName): Promise<ProvingKeys>;
  /** Undefined where there is no key of the tier. */
  verifying(tier: TierName): Promise<VerifyingKey | undefined>;
  /** The file of powers of τ. Who reads it checks that it is of one τ; which one, the verifying key says. */
  powers(tier: TierName): Promise<string>;
}

/** The keys that artifacts/manifest.json pins. */
export const developmentSource: KeySource = {
  development: true,
  proving: async (tier) => developmentKeys(tier, await readManifest()),
  verifying: async (tier) => (await readManifest()).tiers[tier]?.keys?.development?.verifyingKey,
  powers: async (tier) => artifactPaths(tier).srs,
};

const missing = (folder: string, tier: TierName): TributaryError =>
  new TributaryError("TRB_PROOF_NO_KEY", `there is no key of tier ${tier} in this folder`, {
    details: folder,
    hint: `Write one with: tributary keys ceremony export … --out ${join(folder, tier)}`,
  });

/**
 * Keys of a ceremony, from folders that `keys ceremony export` wrote.
 *
 * @param folder one of these, or a folder of them named after their tiers
 */
export function folderSource(folder: string): KeySource {
  const find = async (tier: TierName): Promise<KeyFolder | undefined> => {
    const path = isKeyFolder(folder) ? folder : join(folder, tier);
    if (!existsSync(folder)) throw missing(folder, tier);
    if (!existsSync(path)) return undefined;
    const found = await readKeyFolder(path);
    return found.keys.tier === tier ? found : undefined;
  };
  const require = async (tier: TierName): Promise<KeyFolder> => {
    const found = await find(tier);
    if (found !== undefined) return found;
    throw missing(folder, tier);
  };
  return {
    development: false,
    proving: async (tier) => (await require(tier)).keys,
    verifying: async (tier) => (await find(tier))?.verifyingKey,
    powers: async (tier) => {
      const { srs } = (await require(tier)).keys;
      await checkPinned(srs);
      return srs.path;
    },
  };
}
