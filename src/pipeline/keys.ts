import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readManifest } from "../core/manifest.ts";
import type { Hex } from "../core/statement.ts";
import { keyDigest } from "../core/transcript.ts";
import { paramsDigest } from "../params/digest.ts";
import { TIER_NAMES, type TierName } from "../params/tiers.ts";
import { DEVELOPMENT_SRS } from "./reference-string.ts";

/** One comparison of what is there with what the manifest pins. */
export interface KeyCheck {
  readonly what: string;
  readonly ok: boolean;
  readonly expected: string;
  /** "missing" where there is nothing to compare. */
  readonly found: string;
}

const file = (path: string): string => fileURLToPath(new URL(`../../artifacts/${path}`, import.meta.url));

async function sha256Of(path: string): Promise<string> {
  if (!existsSync(path)) return "missing";
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `0x${hash.digest("hex")}`;
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

/**
 * Compares circuits, proving keys and the reference string with the digests in the manifest, and each verifying key
 * with its own digest.
 */
export async function checkKeys(tiers: readonly TierName[] | undefined): Promise<KeyCheck[]> {
  const manifest = await readManifest();
  const checked = tiers ?? TIER_NAMES.filter((tier) => manifest.tiers[tier]?.keys?.development !== undefined);
  const params: KeyCheck = {
    what: "protocol parameters",
    ok: manifest.paramsDigest === paramsDigest(),
    expected: paramsDigest(),
    found: manifest.paramsDigest,
  };
  const checks = [params, await compareFile("powers of tau", DEVELOPMENT_SRS, manifest.srs?.development)];
  for (const tier of checked) {
    const entry = manifest.tiers[tier];
    const key = entry?.keys?.development;
    const circuit = file(`circuits/${tier}/settlement`);
    checks.push(
      await compareFile(`${tier}: constraints`, `${circuit}.r1cs`, entry?.r1cs?.sha256),
      await compareFile(`${tier}: witness program`, `${circuit}.wasm`, entry?.wasm?.sha256),
      await compareFile(`${tier}: proving key`, file(`keys/dev/${tier}/settlement.zkey`), key?.zkey),
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
