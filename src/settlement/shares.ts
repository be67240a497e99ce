import { type Address, encodeFunctionData, parseEventLogs } from "viem";
import { treasuryAbi as abi } from "../generated/abis.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** Units of shares (platform, model owner, stakers, prover) that an account can withdraw. */
export async function readShares(
  { client }: ChainReader,
  deployment: Deployment,
  account: Address,
): Promise<bigint> {
  const address = deployment.contracts.treasury;
  return guarded(() => client.readContract({ address, abi, functionName: "creditOf", args: [account] }));
}

/** Pays out what shares the sender has been credited with. */
export async function withdrawShares(
  sender: ChainSender,
  deployment: Deployment,
): Promise<Mined & { readonly units: bigint }> {
  const data = encodeFunctionData({ abi, functionName: "withdraw" });
  const receipt = await send(sender, { to: deployment.contracts.treasury, data });
  const [withdrawn] = parseEventLogs({ abi, eventName: "Withdrawn", logs: receipt.logs });
  return { ...mined(receipt), units: withdrawn!.args.units };
}
