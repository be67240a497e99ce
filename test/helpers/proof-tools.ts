import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { readSrs, type Srs } from "../../src/crypto/kzg/srs.ts";
import { type HashChain, loadHashChain } from "../../src/crypto/poseidon.ts";
import { indexCoefficients, TIERS } from "../../src/params/tiers.ts";
import { checkKeys, developmentKeys, type ProvingKeys } from "../../src/proof/keys.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";

/**
 * What an attacker has: the proving key, the circuit's witness calculator and the points of the reference string.
 * Not τ, though the development string's is public: no forgery here uses it.
 */
export interface ProofTools {
  readonly keys: ProvingKeys;
  readonly verifyingKey: VerifyingKey;
  readonly srs: Srs;
  readonly hash: HashChain;
  /** Ends the curve's threads. */
  close(): Promise<void>;
}

/** Loads the pinned development files of tier mini. */
export async function openProofTools(): Promise<ProofTools> {
  const manifest = await readManifest();
  const keys = developmentKeys("mini", manifest);
  await checkKeys(keys);
  const use = await openCurve();
  const srs = await readSrs(use.curve, keys.srs.path, indexCoefficients(TIERS.mini));
  const verifyingKey = manifest.tiers.mini!.keys!.development!.verifyingKey;
  return { keys, verifyingKey, srs, hash: await loadHashChain(), close: use.close };
}
