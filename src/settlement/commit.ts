import { type Address, encodeFunctionData, type Hex, parseEventLogs } from "viem";
import { unpack } from "../crypto/packing.ts";
import { treasuryAbi as abi } from "../generated/abis.ts";
import { batchTuple, type ChainBatch } from "./batch.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

export interface BatchCommitment {
  readonly indexId: bigint;
  /** The number of the first payment: the index's next one. */
  readonly n0: bigint;
  /** Gross fees in units, one for each payment. The sender has allowed the treasury to take their sum. */
  readonly fees: readonly bigint[];
  /** t_q, one for each payment. */
  readonly traces: readonly bigint[];
  /** Where the treasury keeps the batch's record; the first free place by default. */
  readonly place?: bigint;
}

export interface CommittedBatch extends Mined {
  readonly batchKey: Hex;
  /** What the contract made of the fees: units for contributors, one for each payment. */
  readonly pools: readonly bigint[];
  /** The second after which the batch can be expired. */
  readonly deadline: bigint;
}

/**
 * Pays a batch's fees into escrow and fixes its payments. The sender is an operator of the index. The fees are taken from what
 * it has deposited, and for the rest from its account.
 */
export async function commitBatch(
  sender: ChainSender,
  deployment: Deployment,
  { indexId, n0, fees, traces, place }: BatchCommitment,
): Promise<CommittedBatch> {
  const at = place ?? (await readFreePlace(sender, deployment, sender.account.address));
  const args = [indexId, n0, at, fees, traces] as const;
  const data = encodeFunctionData({ abi, functionName: "commitBatch", args });
  const receipt = await send(sender, { to: deployment.contracts.treasury, data });
  const [committed] = parseEventLogs({ abi, eventName: "BatchCommitted", logs: receipt.logs });
  const { batchKey, deadline, poolWords } = committed!.args;
  return { ...mined(receipt), batchKey, deadline, pools: unpack("amount", poolWords, fees.length) };
}

/** The number that the next payment under an index has. */
export async function readNextNumber(
  { client }: ChainReader,
  deployment: Deployment,
  indexId: bigint,
): Promise<bigint> {
  const address = deployment.contracts.treasury;
  return guarded(() => client.readContract({ address, abi, functionName: "nextNumber", args: [indexId] }));
}

/** Places that are asked for at once. */
const PLACES = 16;

/**
 * The first of an operator's places without a pending batch. Places are taken from 0 on, so that it was used before wherever one
 * is free that was: a new one costs more.
 */
export async function readFreePlace(
  { client }: ChainReader,
  deployment: Deployment,
  operator: Address,
): Promise<bigint> {
  const address = deployment.contracts.treasury;
  for (let start = 0n; ; start += BigInt(PLACES)) {
    const places = await guarded(() =>
      Promise.all(
        Array.from({ length: PLACES }, (_, i) =>
          client.readContract({
            address,
            abi,
            functionName: "placeOf",
            args: [operator, start + BigInt(i)],
          }),
        ),
      ),
    );
    const found = places.findIndex(([free]) => free);
    if (found >= 0) return start + BigInt(found);
  }
}

/** Sends an unsettled batch's money to its book's reserve, after its deadline. Anybody may. */
export async function expireBatch(
  sender: ChainSender,
  deployment: Deployment,
  batch: ChainBatch,
): Promise<Mined> {
  const data = encodeFunctionData({ abi, functionName: "expireBatch", args: [batchTuple(batch)] });
  return mined(await send(sender, { to: deployment.contracts.treasury, data }));
}
