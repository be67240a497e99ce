import { encodeFunctionData, parseEventLogs } from "viem";
import type { G1 } from "../crypto/points.ts";
import { treasuryAbi as abi } from "../generated/abis.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** One position's claim: everything it ever earned by a checkpoint, and the opening that shows it. */
export interface PositionClaim {
  readonly datanetId: bigint;
  readonly checkpoint: bigint;
  /** The point of that checkpoint. */
  readonly total: G1;
  readonly position: bigint;
  /** In units. */
  readonly cumulative: bigint;
  /** π of `total` at ω^position. */
  readonly opening: G1;
}

/** Claims that fit one transaction with room to spare: some 60 k gas each beside the one pairing. */
const CLAIM_CHUNK = 100;

/** Pays what a position has earned and not been paid, to whoever holds the position. Anybody may call. */
export async function claim(
  sender: ChainSender,
  deployment: Deployment,
  item: PositionClaim,
): Promise<Mined & { readonly units: bigint }> {
  const data = encodeFunctionData({ abi, functionName: "claim", args: [item] });
  const receipt = await send(sender, { to: deployment.contracts.treasury, data });
  return { ...mined(receipt), units: claimedUnits(receipt) };
}

/** Many claims for one pairing check a transaction; all of a transaction are paid or none. */
export async function claimMany(
  sender: ChainSender,
  deployment: Deployment,
  items: readonly PositionClaim[],
): Promise<readonly (Mined & { readonly units: bigint })[]> {
  const transactions = [];
  for (let start = 0; start < items.length; start += CLAIM_CHUNK) {
    const args = [items.slice(start, start + CLAIM_CHUNK)] as const;
    const data = encodeFunctionData({ abi, functionName: "claimMany", args });
    const receipt = await send(sender, { to: deployment.contracts.treasury, data });
    transactions.push({ ...mined(receipt), units: claimedUnits(receipt) });
  }
  return transactions;
}

const claimedUnits = ({ logs }: Parameters<typeof mined>[0]): bigint =>
  parseEventLogs({ abi, eventName: "Claimed", logs }).reduce((sum, { args }) => sum + args.units, 0n);

/** A DataNet's books as the chain keeps them; amounts in units. */
export interface DataNetBooks {
  /** What settlements brought and positions did not claim yet. */
  readonly owed: bigint;
  /** What no position earned. */
  readonly reserve: bigint;
  /** The newest total and its checkpoint; infinity and 0 before the first settlement. */
  readonly total: G1;
  readonly checkpoint: bigint;
}

/** The books of a DataNet, and the point that claims open. */
export async function readBooks(
  { client }: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
): Promise<DataNetBooks> {
  const { treasury: address } = deployment.contracts;
  const args = [datanetId] as const;
  return guarded(async () => {
    const [{ owed, reserve }, [total, checkpoint]] = await Promise.all([
      client.readContract({ address, abi, functionName: "accountOf", args }),
      client.readContract({ address, abi, functionName: "totalOf", args }),
    ]);
    return { owed, reserve, total, checkpoint };
  });
}

/** Units that positions 0 … count − 1 of a DataNet have been paid. */
export async function readClaimed(
  { client }: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
  count: number,
): Promise<readonly bigint[]> {
  const address = deployment.contracts.treasury;
  return guarded(() =>
    Promise.all(
      Array.from({ length: count }, (_, position) =>
        client.readContract({ address, abi, functionName: "claimedOf", args: [datanetId, BigInt(position)] }),
      ),
    ),
  );
}
