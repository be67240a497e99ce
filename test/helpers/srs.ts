import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CurveUse, openCurve } from "../../src/crypto/kzg/curve.ts";
import { readSrs, type Srs } from "../../src/crypto/kzg/srs.ts";
import { indexCoefficients, TIERS, type TierName } from "../../src/params/tiers.ts";
import { artifactPaths } from "../../src/proof/keys.ts";

/** The development powers of τ of a tier, with the curve that they are on; close it after the tests. */
export async function openTestSrs(tier: TierName): Promise<CurveUse & { readonly srs: Srs }> {
  const use = await openCurve();
  return { ...use, srs: await readSrs(use.curve, artifactPaths(tier).srs, indexCoefficients(TIERS[tier])) };
}

/** A new folder for a test's files, and what deletes it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "tributary-test-"));
  return { path, remove: () => rm(path, { recursive: true }) };
}
