import { encodeFunctionData, type Hex, parseEventLogs } from "viem";
import { unpack } from "../crypto/packing.ts";
import { treasuryAbi as abi } from "../generated/abis.ts";
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
}

export interface CommittedBatch extends Mined {
  readonly batchKey: Hex;
  /** What the contract made of the fees: units for contributors, one for each payment. */
  readonly pools: readonly bigint[];
  /** The second after which the batch can be expired. */
  readonly deadline: bigint;
}

/** Pays a batch's fees into escrow and fixes its payments. The sender is an operator of the index. */
export async function commitBatch(
  sender: ChainSender,
  deployment: Deployment,
  { indexId, n0, fees, traces }: BatchCommitment,
): Promise<CommittedBatch> {
  const data = encodeFunctionData({ abi, functionName: "commitBatch", args: [indexId, n0, fees, traces] });
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

/** Sends an unsettled batch's money to the DataNet's reserve, after its deadline. Anybody may. */
export async function expireBatch(
  sender: ChainSender,
  deployment: Deployment,
  batchKey: Hex,
): Promise<Mined> {
  const data = encodeFunctionData({ abi, functionName: "expireBatch", args: [batchKey] });
  return mined(await send(sender, { to: deployment.contracts.treasury, data }));
}
