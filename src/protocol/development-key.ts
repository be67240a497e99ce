import { TributaryError } from "../core/errors.ts";
import type { G2 } from "../crypto/points.ts";
import { g2Words, keccakWords } from "../crypto/words.ts";
import { DEVELOPMENT_BETA, DEVELOPMENT_TAU } from "../generated/development-points.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import type { VerifyingKey } from "./verifying-key.ts";

/** keccak of a point's four words, as Solidity has it from abi.encode. */
export const pointDigest = (point: G2): string => keccakWords(g2Words(point));

/**
 * Whether a key is made of a development key's τ or β, whose secrets anybody computes from a public seed: the refusal of the
 * contracts (EmbeddedKey.sol), for keys from anywhere. The points say it, not where they lie.
 */
export const isDevelopmentKey = ({ tau, beta }: Pick<VerifyingKey, "tau" | "beta">): boolean =>
  DEVELOPMENT_TAU.includes(pointDigest(tau)) || DEVELOPMENT_BETA.includes(pointDigest(beta));

/** Whether nothing that was proven under a key counts on a chain: its secrets are public, and the chain has money. */
export const isForgeableOn = (key: Pick<VerifyingKey, "tau" | "beta">, chainId: bigint): boolean =>
  chainId !== DEVELOPMENT_CHAIN_ID && isDevelopmentKey(key);

/** @throws TRB_KEY_DEVELOPMENT, for what is done with a key before any contract could refuse it */
export function requireSafeKey(key: VerifyingKey, chainId: bigint): void {
  if (!isForgeableOn(key, chainId)) return;
  throw new TributaryError("TRB_KEY_DEVELOPMENT", "This is a development key: anybody can forge under it.", {
    details: `tier ${key.tier}, chain ${chainId}`,
    hint: `Development keys are for chain ${DEVELOPMENT_CHAIN_ID}. For another chain give --keys FOLDER, the keys of a ceremony.`,
  });
}
