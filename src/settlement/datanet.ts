import { type Address, encodeFunctionData, type Hex, parseEventLogs } from "viem";
import { dataNetRegistryAbi as abi } from "../generated/abis.ts";
import { type ChainReader, type ChainSender, once } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** Positions joined in one transaction: a new owner's takes 51 k gas, 220 k at Amsterdam's prices, and a transaction may have 2^24. */
const JOIN_CHUNK = 64;

/** Creates a DataNet of the sender's. */
export async function createDataNet(
  sender: ChainSender,
  deployment: Deployment,
  { name }: { readonly name: string },
): Promise<Mined & { readonly datanetId: bigint }> {
  const data = encodeFunctionData({ abi, functionName: "create", args: [name] });
  const receipt = await send(sender, { to: deployment.contracts.dataNetRegistry, data });
  const [created] = parseEventLogs({ abi, eventName: "DataNetCreated", logs: receipt.logs });
  return { ...mined(receipt), datanetId: created!.args.datanetId };
}

/** Gives each contributor the next position of the sender's DataNet, in order; several transactions for a long list. */
export async function joinPositions(
  sender: ChainSender,
  deployment: Deployment,
  { datanetId, contributors }: { readonly datanetId: bigint; readonly contributors: readonly Address[] },
): Promise<readonly Mined[]> {
  const transactions: Mined[] = [];
  for (let start = 0; start < contributors.length; start += JOIN_CHUNK) {
    const args = [datanetId, contributors.slice(start, start + JOIN_CHUNK)] as const;
    const data = encodeFunctionData({ abi, functionName: "join", args });
    // Two parts of one owner's positions are the same call.
    const part = sender.purpose === undefined ? sender : once(sender, `${sender.purpose}, part ${start}`);
    transactions.push(mined(await send(part, { to: deployment.contracts.dataNetRegistry, data })));
  }
  return transactions;
}

/** Records the Merkle root of the rows that a model is trained on. Versions count from 1. */
export async function addVersion(
  sender: ChainSender,
  deployment: Deployment,
  {
    datanetId,
    rowRoot,
    rowCount,
  }: { readonly datanetId: bigint; readonly rowRoot: Hex; readonly rowCount: number },
): Promise<Mined & { readonly version: bigint }> {
  const data = encodeFunctionData({
    abi,
    functionName: "addVersion",
    args: [datanetId, rowRoot, BigInt(rowCount)],
  });
  const receipt = await send(sender, { to: deployment.contracts.dataNetRegistry, data });
  const [added] = parseEventLogs({ abi, eventName: "VersionAdded", logs: receipt.logs });
  return { ...mined(receipt), version: added!.args.version };
}

/** Who holds each position of a DataNet now, from position 0 on. */
export async function readPositionOwners(
  { client }: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
): Promise<readonly Address[]> {
  const contract = { address: deployment.contracts.dataNetRegistry, abi } as const;
  return guarded(async () => {
    const count = await client.readContract({
      ...contract,
      functionName: "positionCount",
      args: [datanetId],
    });
    return Promise.all(
      Array.from({ length: Number(count) }, (_, position) =>
        client.readContract({
          ...contract,
          functionName: "positionOwner",
          args: [datanetId, BigInt(position)],
        }),
      ),
    );
  });
}
