import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { R } from "../../crypto/field.ts";
import type { TierName } from "../../params/tiers.ts";

/** Whoever reads this line can forge every proof under a development key. */
const SEED = "tributary/development-keys/v1: not secret, worthless on any chain but a local one";

const scalar = (label: string): bigint =>
  BigInt(`0x${bytesToHex(keccak_256(utf8ToBytes(`${SEED}/${label}`)))}`) % R;

/** The trapdoor of a Groth16 key; γ is 1. */
export interface Trapdoor {
  readonly tau: bigint;
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly delta: bigint;
}

/** τ, α and β are the same for all tiers, as they would come from one powers-of-tau file. */
export const developmentTrapdoor = (tier: TierName): Trapdoor => ({
  tau: scalar("tau"),
  alpha: scalar("alpha"),
  beta: scalar("beta"),
  delta: scalar(`delta/${tier}`),
});
