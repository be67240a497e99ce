import { type Address, encodeFunctionData } from "viem";
import { openTokenAbi as abi } from "../generated/abis.ts";
import { WEI_PER_UNIT } from "../params/bits.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** Allows the treasury to take fees of `units` in all from the sender. */
export async function allowFees(sender: ChainSender, deployment: Deployment, units: bigint): Promise<Mined> {
  const { treasury, openToken } = deployment.contracts;
  const data = encodeFunctionData({ abi, functionName: "approve", args: [treasury, units * WEI_PER_UNIT] });
  return mined(await send(sender, { to: openToken, data }));
}

/** Sends OPEN. @param units of 10^9 wei */
export async function transferOpen(
  sender: ChainSender,
  deployment: Deployment,
  { to, units }: { readonly to: Address; readonly units: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({ abi, functionName: "transfer", args: [to, units * WEI_PER_UNIT] });
  return mined(await send(sender, { to: deployment.contracts.openToken, data }));
}

/** Sends the chain's own currency, which pays for gas. */
export async function transferCurrency(
  sender: ChainSender,
  { to, wei }: { readonly to: Address; readonly wei: bigint },
): Promise<Mined> {
  return mined(await send(sender, { to, value: wei }));
}

/** An account's OPEN in wei. */
export async function readOpenWei(
  { client }: ChainReader,
  deployment: Deployment,
  account: Address,
): Promise<bigint> {
  const address = deployment.contracts.openToken;
  return guarded(() => client.readContract({ address, abi, functionName: "balanceOf", args: [account] }));
}
