import { type Address, encodeFunctionData } from "viem";
import { treasuryAbi as abi } from "../generated/abis.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";
import { allowFees } from "./token.ts";

/** From so many batches on, depositing their fees at once is cheaper than the treasury taking them batch by batch. */
const DEPOSIT_BATCHES = 3;

/** Units that an account has in the treasury: fees are taken from it first. */
export async function readCredit(
  { client }: ChainReader,
  deployment: Deployment,
  account: Address,
): Promise<bigint> {
  const address = deployment.contracts.treasury;
  return guarded(() => client.readContract({ address, abi, functionName: "creditOf", args: [account] }));
}

/** Puts OPEN that the sender has allowed into the treasury, for fees of later batches. `withdrawShares` takes it back. */
export async function depositFees(
  sender: ChainSender,
  deployment: Deployment,
  units: bigint,
): Promise<Mined> {
  const data = encodeFunctionData({ abi, functionName: "deposit", args: [units] });
  return mined(await send(sender, { to: deployment.contracts.treasury, data }));
}

/**
 * Sees to it that the treasury can take these fees from the sender: what its credit lacks is allowed, or deposited for many
 * batches.
 *
 * @returns gas
 */
export async function provideFees(
  sender: ChainSender,
  deployment: Deployment,
  { units, batches }: { readonly units: bigint; readonly batches: number },
): Promise<bigint> {
  const missing = units - (await readCredit(sender, deployment, sender.account.address));
  if (missing <= 0n) return 0n;
  const allowed = await allowFees(sender, deployment, missing);
  if (batches < DEPOSIT_BATCHES) return allowed.gasUsed;
  return allowed.gasUsed + (await depositFees(sender, deployment, missing)).gasUsed;
}
