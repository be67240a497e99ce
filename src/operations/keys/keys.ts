import { existsSync } from "node:fs";
import type { Hex } from "../../core/hex.ts";
import { paramsDigest } from "../../params/digest.ts";
import { TIER_NAMES, type TierName } from "../../params/tiers.ts";
import { artifactPaths, fileDigest } from "../../proof/keys.ts";
import { readManifest } from "../../protocol/manifest.ts";
import { keyDigest } from "../../protocol/transcript.ts";

/** One comparison of what is there with what the manifest pins. */
export interface KeyCheck {
  readonly what: string;
  readonly ok: boolean;
  readonly expected: string;
  /** "missing" where there is nothing to compare. */
  readonly found: string;
}

async function sha256Of(path: string): Promise<string> {
  return existsSync(path) ? fileDigest(path) : "missing";
}

async function compareFile(what: string, path: string, expected: Hex | undefined): Promise<KeyCheck> {
  const found = await sha256Of(path);
  return {
    what,
    ok: expected !== undefined && found === expected,
    expected: expected ?? "not pinned",
    found,
  };
}

/** Whether anything of a tier was built here: the large one is made on demand only. */
const isThere = (tier: TierName): boolean =>
  tier !== "large" || Object.values(artifactPaths(tier)).some((path) => existsSync(path));

/**
 * Compares circuits, proving keys and the reference string with the digests in the manifest, and each verifying key
 * with its own digest.
 *
 * @param tiers default: those with a pinned key, the large one where something of it was built
 */
export async function checkKeys(tiers: readonly TierName[] | undefined): Promise<KeyCheck[]> {
  const manifest = await readManifest();
  const isPinned = (tier: TierName): boolean => manifest.tiers[tier]?.keys?.development !== undefined;
  const checked = tiers ?? TIER_NAMES.filter((tier) => isPinned(tier) && isThere(tier));
  const params: KeyCheck = {
    what: "protocol parameters",
    ok: manifest.paramsDigest === paramsDigest(),
    expected: paramsDigest(),
    found: manifest.paramsDigest,
  };
  const checks = [params];
  for (const tier of checked) {
    const entry = manifest.tiers[tier];
    const key = entry?.keys?.development;
    const srs = tier === "large" ? manifest.srs?.developmentLarge : manifest.srs?.development;
    const paths = artifactPaths(tier);
    checks.push(
      await compareFile(`${tier}: constraints`, paths.r1cs, entry?.r1cs?.sha256),
      await compareFile(`${tier}: witness program`, paths.wasm, entry?.wasm?.sha256),
      await compareFile(`${tier}: proving key`, paths.zkey, key?.zkey),
      await compareFile(`${tier}: powers of tau`, paths.srs, srs),
    );
    if (key === undefined) continue;
    const found = keyDigest(key.verifyingKey);
    checks.push({
      what: `${tier}: verifying key`,
      ok: found === key.keyDigest,
      expected: key.keyDigest,
      found,
    });
  }
  return checks;
}
