/** One process that makes a tier's development key, and its powers of tau, once: `{ backend, tier }`, milliseconds. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexCoefficients, TIERS, type TierName } from "../../src/params/tiers.ts";
import type { BackendName } from "../../src/proof/backend.ts";
import { makeDevelopmentKey, makeDevelopmentSrs } from "../../src/proof/development/make.ts";
import { artifactPaths } from "../../src/proof/keys.ts";
import { requireAddon } from "./backends.ts";
import { reportMeasurement } from "./child.ts";

export interface KeysTask {
  readonly backend: BackendName;
  readonly tier: TierName;
}

export interface KeysTimes {
  readonly key: number;
  readonly powers: number;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const { backend, tier }: KeysTask = JSON.parse(process.argv[2]!);
const options = { addon: backend === "native" ? requireAddon() : null };
const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
try {
  const key = await timed(() =>
    makeDevelopmentKey(tier, artifactPaths(tier).r1cs, join(folder, "settlement.zkey"), options),
  );
  const powers = await timed(() =>
    makeDevelopmentSrs(join(folder, "srs.ptau"), indexCoefficients(TIERS[tier]), options),
  );
  reportMeasurement({ key, powers });
} finally {
  await rm(folder, { recursive: true, force: true });
}
