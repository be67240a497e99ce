import { type Address, getAbiItem, type Hex } from "viem";
import { TributaryError } from "../core/errors.ts";
import { pack, packedLength, unpack } from "../crypto/packing.ts";
import { modelRegistryAbi, treasuryAbi } from "../generated/abis.ts";
import { TIER_NAMES, TIERS, type TierName } from "../params/tiers.ts";
import type { Statement } from "../protocol/statement.ts";
import { batchKey as batchKeyOf, type ProvenIndex } from "../protocol/transcript.ts";
import { type BatchStatus, readStatuses } from "./batch-status.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { guarded } from "./errors.ts";

/** A batch as the chain has it. */
export interface ChainBatch {
  readonly statement: Statement;
  readonly index: ProvenIndex;
  readonly operator: Address;
  /** The second after which the batch can be expired. */
  readonly deadline: bigint;
  /** Where among the operator's the treasury keeps its record. */
  readonly place: bigint;
  readonly status: BatchStatus;
  /** Units that the settlement's recipient gets. */
  readonly proverShare: bigint;
}

/** A batch as the contracts take it. */
export const batchTuple = ({ statement, index, operator, deadline, place, proverShare }: ChainBatch) => ({
  indexId: statement.indexId,
  index: { ...index, positions: BigInt(index.positions) },
  n0: statement.n0,
  operator,
  deadline,
  place,
  proverShare,
  poolWords: pack("amount", statement.pools),
  traces: statement.traces,
});

const committedEvent = getAbiItem({ abi: treasuryAbi, name: "BatchCommitted" });

interface Committed {
  readonly batchKey: Hex;
  readonly indexId: bigint;
  readonly operator: Address;
  readonly n0: bigint;
  readonly deadline: bigint;
  readonly place: bigint;
  readonly shares: { readonly prover: bigint };
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
  const [batch] = await completeBatches(
    reader,
    deployment,
    await readCommitted(reader, deployment, { batchKey }),
  );
  if (batch === undefined) {
    throw new TributaryError("TRB_SETTLEMENT_BATCH_UNKNOWN", "No batch of this key was committed here.", {
      details: batchKey,
      hint: "Check the batch key, and that the node has the deployment's whole history.",
    });
  }
  return batch;
}

/** All batches of an index, in the order of their payments. */
export async function readBatches(
  reader: ChainReader,
  deployment: Deployment,
  indexId: bigint,
): Promise<readonly ChainBatch[]> {
  return completeBatches(reader, deployment, await readCommitted(reader, deployment, { indexId }));
}

async function completeBatches(
  reader: ChainReader,
  deployment: Deployment,
  committed: readonly Committed[],
): Promise<readonly ChainBatch[]> {
  const statuses = await readStatuses(reader, deployment, committed);
  return Promise.all(
    committed.map((batch, i) => {
      const status = statuses[i]!;
      if (status !== "none") return completeBatch(reader, deployment, batch, status);
      throw new TributaryError(
        "TRB_SETTLEMENT_BATCH_LOST",
        "The node knows how a batch began, but not how it ended.",
        { details: batch.batchKey, hint: "Ask a node that has the deployment's whole history." },
      );
    }),
  );
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
  status: BatchStatus,
): Promise<ChainBatch> {
  const { treasury, modelRegistry, settlement } = deployment.contracts;
  const { client, chainId } = reader;
  const { indexId, n0, operator, deadline, place, traces } = batch;
  const registered = await guarded(() =>
    client.readContract({
      address: modelRegistry,
      abi: modelRegistryAbi,
      functionName: "indexOf",
      args: [indexId],
    }),
  );
  const proverShare = batch.shares.prover;
  const pools = poolsOf(batch);
  const { datanetId, positions, selector, commitment } = registered;
  const index = { datanetId, positions, selector, commitment };
  const written = { operator, deadline, place, proverShare, pools, traces };
  if (batchKeyOf({ chainId, treasury, indexId, index, n0, ...written }) !== batch.batchKey) {
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
    place,
    status,
    proverShare,
  };
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
