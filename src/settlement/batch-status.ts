import { type Address, getAbiItem, type Hex } from "viem";
import { TributaryError } from "../core/errors.ts";
import { settlementAbi, treasuryAbi } from "../generated/abis.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";

/** The states of a batch, in the order of the contract's enum. */
const BATCH_STATUS = ["none", "pending", "settled", "expired"] as const;
export type BatchStatus = (typeof BATCH_STATUS)[number];

/** A committed batch, and where the treasury keeps its record. */
export interface Recorded {
  readonly batchKey: Hex;
  readonly operator: Address;
  readonly place: bigint;
}

/**
 * The states of committed batches: the treasury's records, and for those whose operator has used their place again, the events
 * of their end. "none" is a batch of which there is neither.
 *
 * @throws TRB_SETTLEMENT_BATCH_STATUS for a state that is not known here
 */
export async function readStatuses(
  reader: ChainReader,
  deployment: Deployment,
  batches: readonly Recorded[],
): Promise<readonly BatchStatus[]> {
  const kept = await Promise.all(batches.map((batch) => readRecord(reader, deployment, batch)));
  const forgotten = batches.filter((_, i) => kept[i] === "none").map(({ batchKey }) => batchKey);
  const ends = await readEnds(reader, deployment, forgotten);
  return batches.map(({ batchKey }, i) => (kept[i] === "none" ? (ends.get(batchKey) ?? "none") : kept[i]!));
}

async function readRecord(
  { client }: ChainReader,
  deployment: Deployment,
  { batchKey, operator, place }: Recorded,
): Promise<BatchStatus> {
  const address = deployment.contracts.treasury;
  const args = [batchKey, operator, place] as const;
  const code = await guarded(() =>
    client.readContract({ address, abi: treasuryAbi, functionName: "statusOf", args }),
  );
  const status = BATCH_STATUS[code];
  if (status !== undefined) return status;
  throw new TributaryError("TRB_SETTLEMENT_BATCH_STATUS", "The batch is in a state that is not known here.", {
    details: `batch ${batchKey}, state ${code}`,
    hint: "Use the release of this program that made the deployment.",
  });
}

const settledEvent = getAbiItem({ abi: settlementAbi, name: "Settled" });
const expiredEvent = getAbiItem({ abi: treasuryAbi, name: "BatchExpired" });
/** Keys in one filter: nodes take only so many alternatives of a topic. */
const KEYS = 100;

async function readEnds(
  reader: ChainReader,
  deployment: Deployment,
  batchKeys: readonly Hex[],
): Promise<Map<Hex, BatchStatus>> {
  const { treasury, settlement } = deployment.contracts;
  const { client } = reader;
  const ends = new Map<Hex, BatchStatus>();
  for (let start = 0; start < batchKeys.length; start += KEYS) {
    const args = { batchKey: batchKeys.slice(start, start + KEYS) };
    const found = await overBlocks(reader, deployment.block, async (range) => {
      const [settled, expired] = await Promise.all([
        client.getLogs({ address: settlement, event: settledEvent, args, strict: true, ...range }),
        client.getLogs({ address: treasury, event: expiredEvent, args, strict: true, ...range }),
      ]);
      return [
        ...settled.map((log) => [log.args.batchKey, "settled"] as const),
        ...expired.map((log) => [log.args.batchKey, "expired"] as const),
      ];
    });
    for (const [batchKey, status] of found) ends.set(batchKey, status);
  }
  return ends;
}
