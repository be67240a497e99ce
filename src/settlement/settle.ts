import { type Address, encodeFunctionData, getAbiItem, type Hex, parseEventLogs } from "viem";
import { pack } from "../crypto/packing.ts";
import type { G1 } from "../crypto/points.ts";
import { settlementAbi as abi } from "../generated/abis.ts";
import type { Settlement } from "../protocol/statement.ts";
import { batchTuple, type ChainBatch, readBatch } from "./batch.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { type Mined, mined, send } from "./send.ts";

/** What one settlement added to a book: amounts in units. */
export interface SettledBatch {
  readonly batchKey: Hex;
  readonly indexId: bigint;
  /** Of the batch's DataNet, under the verifier that the proof was made for (see `bookOf`). */
  readonly book: bigint;
  /** The number of the book's total that this settlement made. */
  readonly checkpoint: bigint;
  /** C_P. */
  readonly payoutCommitment: G1;
  readonly paid: bigint;
  readonly unattributed: bigint;
  readonly recipient: Address;
  /** Packed payouts as emitted: four positions to a word, places past the last position are 0. */
  readonly payoutWords: readonly bigint[];
}

/** The arguments of `Settlement.settle`, for a batch as the chain has it. */
const settleArguments = ({ claim, proof }: Settlement, batch: ChainBatch) =>
  [
    batchTuple(batch),
    {
      payoutWords: pack("amount", claim.payouts),
      payoutCommitment: claim.payoutCommitment,
      unattributed: claim.unattributed,
      recipient: claim.recipient,
    },
    proof,
  ] as const;

/** The call that brings a proof to the chain, for whoever sends it: by this program, or by a wallet. */
export const settleCall = (
  { contracts }: Deployment,
  settlement: Settlement,
  batch: ChainBatch,
): { readonly to: Address; readonly data: Hex } => ({
  to: contracts.settlement,
  data: encodeFunctionData({ abi, functionName: "settle", args: settleArguments(settlement, batch) }),
});

/**
 * Brings a proof to the chain: verifies it there, books the rewards, moves the book's total. Anybody may.
 *
 * @throws TRB_SETTLEMENT_PROOF_REJECTED, TRB_SETTLEMENT_BATCH_NOT_PENDING, … see `send`
 */
export async function settle(
  sender: ChainSender,
  deployment: Deployment,
  settlement: Settlement,
): Promise<Mined & SettledBatch> {
  const batch = await readBatch(sender, deployment, settlement.statement.batchKey);
  const receipt = await send(sender, settleCall(deployment, settlement, batch));
  const [settled] = parseEventLogs({ abi, eventName: "Settled", logs: receipt.logs });
  return { ...mined(receipt), ...settled!.args };
}

/**
 * Batches in one transaction. Each more saves less (`bench/gas.ts`), and eight of the large tier are some 90 kB of calldata:
 * nodes take no transaction over 128 kB.
 */
export const SETTLE_GROUP = 8;

/**
 * Brings the proofs of several batches of one index to the chain in one transaction. Batches that were settled or expired in the
 * meantime are passed over by the contract; all others are settled or none.
 *
 * @param settlements 1 to `SETTLE_GROUP` of them
 * @returns what each that was settled added, in the same order; they share the transaction, its gas and the checkpoint
 * @throws TRB_SETTLEMENT_PROOF_REJECTED (of one of them), TRB_SETTLEMENT_MIXED_INDEXES, … see `send`
 */
export async function settleMany(
  sender: ChainSender,
  deployment: Deployment,
  settlements: readonly Settlement[],
): Promise<readonly (Mined & SettledBatch)[]> {
  const parts = await Promise.all(
    settlements.map(async (settlement) =>
      settleArguments(settlement, await readBatch(sender, deployment, settlement.statement.batchKey)),
    ),
  );
  const args = [
    parts.map(([batch]) => batch),
    parts.map(([, claim]) => claim),
    parts.map(([, , proof]) => proof),
  ] as const;
  const data = encodeFunctionData({ abi, functionName: "settleMany", args });
  const receipt = await send(sender, { to: deployment.contracts.settlement, data });
  const logs = parseEventLogs({ abi, eventName: "Settled", logs: receipt.logs });
  return logs.map(({ args }) => ({ ...mined(receipt), ...args }));
}

const settledEvent = getAbiItem({ abi, name: "Settled" });

/** Every settlement into these books, oldest first: all that claims are made from. */
export async function readSettled(
  reader: ChainReader,
  deployment: Deployment,
  books: readonly bigint[],
): Promise<readonly SettledBatch[]> {
  // A filter without alternatives would find everything.
  if (books.length === 0) return [];
  requireChain(deployment, reader.chainId);
  const address = deployment.contracts.settlement;
  return overBlocks(reader, deployment.block, async (range) => {
    const logs = await reader.client.getLogs({
      address,
      event: settledEvent,
      args: { book: [...books] },
      strict: true,
      ...range,
    });
    return logs.map((log) => log.args);
  });
}
