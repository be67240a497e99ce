import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import type { TierName } from "../params/tiers.ts";
import type { ChainSender } from "../settlement/chain.ts";
import { deployAll } from "../settlement/deploy.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";

/** Hardhat's output, built by `make setup`. */
const CONTRACTS = new URL("../../artifacts/hardhat/", import.meta.url);

/** Who gets what in a deployment. */
export interface DeploymentRoles {
  /** The whole supply of OPEN. */
  readonly holder: Hex;
  readonly governance: Hex;
  readonly guardian: Hex;
  readonly platform: Hex;
  readonly stakers: Hex;
}

/** A batch that is not settled for so long can be expired. */
const SETTLE_WINDOW_SECONDS = 7n * 24n * 3600n;

/**
 * Deploys all contracts, with a verifier for each tier that there is a key of.
 *
 * @throws TRB_KEY_NOT_PINNED, TRB_SETTLEMENT_*
 */
export async function deployContracts(
  sender: ChainSender,
  roles: DeploymentRoles,
  tiers: readonly TierName[],
  keys: KeySource = developmentSource,
): Promise<Deployment> {
  const found = await Promise.all(tiers.map((tier) => keys.verifying(tier)));
  const verifyingKeys = found.filter((key) => key !== undefined);
  if (verifyingKeys.length === 0) {
    throw new TributaryError("TRB_KEY_NOT_PINNED", "There is no verifying key to deploy a verifier for.", {
      details: tiers.join(", "),
      hint: "Make development keys with: tributary keys dev",
    });
  }
  const plan = { artifacts: CONTRACTS, verifyingKeys, settleWindowSeconds: SETTLE_WINDOW_SECONDS, ...roles };
  return deployAll(sender, plan);
}
