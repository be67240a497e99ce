import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TributaryError } from "../../src/core/errors.ts";
import type { TierName } from "../../src/params/tiers.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import { type CompiledCircuit, circuitDigest, compileCircuit, type Optimisation, ROOT } from "./circom.ts";

const OPTIMISATION: Optimisation = "O1";

const mainOf = (tier: TierName): string => `circuits/generated/main_${tier}.circom`;
const stampOf = (tier: TierName): string => join(ROOT, `.cache/circuit-${tier}.stamp`);

/** Where a tier's built circuit lies. */
function circuitFiles(tier: TierName): CompiledCircuit {
  const folder = join(ROOT, "artifacts/circuits", tier);
  return {
    r1cs: join(folder, "settlement.r1cs"),
    wasm: join(folder, "settlement.wasm"),
    sym: join(folder, "settlement.sym"),
  };
}

/** SHA-256 of a file, 0x and 64 digits. */
export async function sha256File(path: string): Promise<`0x${string}`> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return `0x${hash.digest("hex")}`;
}

/** Compiles a tier's circuit into artifacts/circuits, unless nothing it depends on has changed since. */
export async function buildCircuit(
  tier: TierName,
  onProgress: (message: string) => void,
): Promise<CompiledCircuit> {
  const files = circuitFiles(tier);
  const digest = await circuitDigest(mainOf(tier), OPTIMISATION);
  const stamp = await readFile(stampOf(tier), "utf8").catch(() => "");
  if (stamp === digest && Object.values(files).every((path) => existsSync(path))) return files;
  onProgress(`circuit ${tier}: compiling`);
  await compileCircuit(mainOf(tier), join(ROOT, "artifacts/circuits", tier), "settlement", OPTIMISATION);
  await mkdir(join(ROOT, ".cache"), { recursive: true });
  await writeFile(stampOf(tier), digest);
  return files;
}

/**
 * Builds the circuits of some tiers and compares them with the manifest.
 *
 * @throws TRB_SETUP_CIRCOM where one does not compile, TRB_SETUP_CIRCUIT_DIGEST where it is not the one that the manifest records
 */
export async function setupCircuits(
  tiers: readonly TierName[],
  onProgress: (message: string) => void = () => {},
): Promise<void> {
  const manifest = await readManifest();
  for (const tier of tiers) {
    const files = await buildCircuit(tier, onProgress);
    for (const kind of ["r1cs", "wasm"] as const) {
      const wanted = manifest.tiers[tier]?.[kind]?.sha256;
      const found = await sha256File(files[kind]);
      if (found !== wanted) {
        throw new TributaryError(
          "TRB_SETUP_CIRCUIT_DIGEST",
          `the ${tier} circuit is not the one in the manifest`,
          {
            details: `${kind}: manifest ${wanted ?? "nothing"}, built ${found}`,
            hint: `If the circuit was meant to change, run node scripts/setup/circuit-manifest.ts ${tier} and make new keys.`,
          },
        );
      }
    }
  }
}
