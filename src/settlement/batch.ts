import { type Address, getAbiItem, type Hex } from "viem";
import { TributaryError } from "../core/errors.ts";
import { packedLength, unpack } from "../crypto/packing.ts";
import { modelRegistryAbi, treasuryAbi } from "../generated/abis.ts";
import { TIER_NAMES, TIERS, type TierName } from "../params/tiers.ts";
import type { Statement } from "../protocol/statement.ts";
import { batchKey as batchKeyOf, type ProvenIndex } from "../protocol/transcript.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { guarded } from "./errors.ts";

/** The states of a batch, in the order of the contract's enum. */
const BATCH_STATUS = ["none", "pending", "settled", "expired"] as const;
export type BatchStatus = (typeof BATCH_STATUS)[number];

/** A batch as the chain has it. */
export interface ChainBatch {
  readonly statement: Statement;
  readonly index: ProvenIndex;
  readonly operator: Address;
  /** The second after which the batch can be expired. */
  readonly deadline: bigint;
  readonly status: BatchStatus;
  /** Units that the settlement's recipient gets. */
  readonly proverShare: bigint;
}

const committedEvent = getAbiItem({ abi: treasuryAbi, name: "BatchCommitted" });

interface Committed {
  readonly batchKey: Hex;
  readonly indexId: bigint;
  readonly operator: Address;
  readonly n0: bigint;
  readonly deadline: bigint;
  readonly poolWords: readonly bigint[];
  readonly traces: readonly bigint[];
}

/**
 * A batch and the statement that a proof of it is checked against, from the chain's state and events alone.
 *
 * The event's words are not taken on trust: the batch key is computed from them again.
 *
 * @throws TRB_SETTLEMENT_BATCH_UNKNOWN, TRB_SETTLEMENT_BATCH_KEY, TRB_SETTLEMENT_CHAIN
 */
export async function readBatch(
  reader: ChainReader,
  deployment: Deployment,
  batchKey: Hex,
): Promise<ChainBatch> {
  const [committed] = await readCommitted(reader, deployment, { batchKey });
  if (committed === undefined) {
    throw new TributaryError("TRB_SETTLEMENT_BATCH_UNKNOWN", "No batch of this key was committed here.", {
      details: batchKey,
      hint: "Check the batch key, and that the node has the deployment's whole history.",
    });
  }
  return completeBatch(reader, deployment, committed);
}

/** All batches of an index, in the order of their payments. */
export async function readBatches(
  reader: ChainReader,
  deployment: Deployment,
  indexId: bigint,
): Promise<readonly ChainBatch[]> {
  const committed = await readCommitted(reader, deployment, { indexId });
  return Promise.all(committed.map((batch) => completeBatch(reader, deployment, batch)));
}

async function readCommitted(
  reader: ChainReader,
  deployment: Deployment,
  args: { readonly batchKey?: Hex; readonly indexId?: bigint },
): Promise<readonly Committed[]> {
  requireChain(deployment, reader.chainId);
  const address = deployment.contracts.treasury;
  return overBlocks(reader, deployment.block, async (range) => {
    const logs = await reader.client.getLogs({
      address,
      event: committedEvent,
      args,
      strict: true,
      ...range,
    });
    return logs.map((log) => log.args);
  });
}

async function completeBatch(
  reader: ChainReader,
  deployment: Deployment,
  batch: Committed,
): Promise<ChainBatch> {
  const { treasury, modelRegistry, settlement } = deployment.contracts;
  const { client, chainId } = reader;
  const [registered, state] = await guarded(() =>
    Promise.all([
      client.readContract({
        address: modelRegistry,
        abi: modelRegistryAbi,
        functionName: "indexOf",
        args: [batch.indexId],
      }),
      client.readContract({
        address: treasury,
        abi: treasuryAbi,
        functionName: "batchOf",
        args: [batch.batchKey],
      }),
    ]),
  );
  const { indexId, n0, operator, deadline, traces } = batch;
  const pools = poolsOf(batch);
  const { datanetId, positions, selector, commitment } = registered;
  const index = { datanetId, positions, selector, commitment };
  if (
    batchKeyOf({ chainId, treasury, indexId, index, n0, operator, deadline, pools, traces }) !==
    batch.batchKey
  ) {
    throw new TributaryError(
      "TRB_SETTLEMENT_BATCH_KEY",
      "The batch's event does not hash to the batch's key.",
      {
        details: batch.batchKey,
        hint: "The node is not honest, or the contracts are of another version.",
      },
    );
  }
  return {
    statement: {
      tier: tierNamed(registered.tier),
      chainId,
      settlement,
      batchKey: batch.batchKey,
      indexId,
      n0,
      positions,
      indexCommitment: commitment,
      pools,
      traces,
    },
    index,
    operator,
    deadline,
    status: statusOf(state.status, batch.batchKey),
    proverShare: BigInt(state.proverShare),
  };
}

/** What the contract keeps of a batch: amounts in units. */
export interface BatchState {
  readonly status: BatchStatus;
  readonly datanetId: bigint;
  /** The contributors' part. */
  readonly pool: bigint;
  readonly proverShare: bigint;
  readonly deadline: bigint;
}

/**
 * A batch's state alone: one request, where the whole batch is a search of the chain's events.
 *
 * @throws TRB_SETTLEMENT_BATCH_STATUS where the contract answers with a state that is not known here
 */
export async function readBatchState(
  { client }: ChainReader,
  deployment: Deployment,
  batchKey: Hex,
): Promise<BatchState> {
  const { treasury: address } = deployment.contracts;
  const state = await guarded(() =>
    client.readContract({ address, abi: treasuryAbi, functionName: "batchOf", args: [batchKey] }),
  );
  return {
    status: statusOf(state.status, batchKey),
    datanetId: BigInt(state.datanetId),
    pool: BigInt(state.pool),
    proverShare: BigInt(state.proverShare),
    deadline: BigInt(state.deadline),
  };
}

/** @throws TRB_SETTLEMENT_BATCH_STATUS */
export function statusOf(state: number, batchKey: Hex): BatchStatus {
  const status = BATCH_STATUS[state];
  if (status !== undefined) return status;
  throw new TributaryError("TRB_SETTLEMENT_BATCH_STATUS", "The batch is in a state that is not known here.", {
    details: `batch ${batchKey}, state ${state}`,
    hint: "Use the release of this program that made the deployment.",
  });
}

function poolsOf({ batchKey, poolWords, traces }: Committed): bigint[] {
  if (poolWords.length === packedLength("amount", traces.length))
    return unpack("amount", poolWords, traces.length);
  throw new TributaryError("TRB_SETTLEMENT_BATCH_KEY", "The batch's event has not one pool for each trace.", {
    details: batchKey,
  });
}

function tierNamed(sizes: { traces: number; positions: number; width: number }): TierName {
  const name = TIER_NAMES.find((candidate) => {
    const tier = TIERS[candidate];
    return tier.traces === sizes.traces && tier.positions === sizes.positions && tier.width === sizes.width;
  });
  if (name !== undefined) return name;
  throw new TributaryError("TRB_SETTLEMENT_TIER", "The index is of a tier that is not known here.", {
    details: `${sizes.traces} traces, ${sizes.positions} positions, width ${sizes.width}`,
    hint: "Use the release of this program that made the deployment.",
  });
}
