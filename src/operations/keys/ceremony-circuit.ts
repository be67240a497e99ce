import { existsSync } from "node:fs";
import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { openSectionFile } from "../../files/section-file.ts";
import { paramsDigest } from "../../params/digest.ts";
import { indexCoefficients, TIERS, type TierName } from "../../params/tiers.ts";
import type { PhaseOneNeed } from "../../proof/ceremony/phase-one.ts";
import { artifactPaths, checkPinned } from "../../proof/keys.ts";
import { type Manifest, readManifest } from "../../protocol/manifest.ts";

/** The circuit that a ceremony is for: its files are compared with the manifest's digests. */
export interface CeremonyCircuit {
  readonly r1cs: string;
  readonly wasm: string;
  readonly digests: { readonly r1cs: Hex; readonly wasm: Hex };
  readonly need: PhaseOneNeed;
}

/** log2 of the domain that snarkjs takes: room for the constraints and a row for each public wire and the constant. */
export const domainPower = (constraints: number, publics: number): number =>
  Math.floor(Math.log2(constraints + publics)) + 1;

/** The digests of a tier's circuit in this release. */
export function circuitDigests(
  tier: TierName,
  manifest: Manifest,
): { readonly r1cs: Hex; readonly wasm: Hex } {
  const entry = manifest.tiers[tier];
  if (manifest.paramsDigest !== paramsDigest() || entry?.r1cs === undefined || entry.wasm === undefined) {
    throw new TributaryError(
      "TRB_PROOF_PARAMS_MISMATCH",
      "the circuits were made with other protocol parameters",
      {
        details: `manifest ${manifest.paramsDigest}, here ${paramsDigest()}`,
        hint: "Run `make generate` and `make setup`.",
      },
    );
  }
  return { r1cs: entry.r1cs.sha256, wasm: entry.wasm.sha256 };
}

/**
 * The circuit of a tier as it was built here.
 *
 * @throws TRB_PROOF_NO_CIRCUIT, TRB_PROOF_KEY_MISMATCH, TRB_PROOF_PARAMS_MISMATCH
 */
export async function ceremonyCircuit(tier: TierName): Promise<CeremonyCircuit> {
  const digests = circuitDigests(tier, await readManifest());
  const { r1cs, wasm } = artifactPaths(tier);
  if (!existsSync(r1cs) || !existsSync(wasm)) {
    throw new TributaryError("TRB_PROOF_NO_CIRCUIT", `the circuit of tier ${tier} is not built`, {
      details: r1cs,
      hint: `Build it with: tributary keys dev --tier ${tier}`,
    });
  }
  await checkPinned({ path: r1cs, sha256: digests.r1cs });
  await checkPinned({ path: wasm, sha256: digests.wasm });
  const file = await openSectionFile(r1cs, "r1cs");
  try {
    const header = await file.read(1);
    const publics = header.readUInt32LE(40) + header.readUInt32LE(44);
    const need = {
      power: domainPower(header.readUInt32LE(60), publics),
      coefficients: indexCoefficients(TIERS[tier]),
    };
    return { r1cs, wasm, digests, need };
  } finally {
    await file.close();
  }
}
