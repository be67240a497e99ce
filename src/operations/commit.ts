import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import { readBatch, readBatches } from "../settlement/batch.ts";
import type { ChainSender } from "../settlement/chain.ts";
import { commitBatch, readNextNumber } from "../settlement/commit.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { provideFees } from "../settlement/fees.ts";
import { type BatchRecord, batchName, hasBatch, saveBatch } from "../workspace/batches.ts";
import { loadTrace, type ServedTrace, traceNumbers } from "../workspace/traces.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface CommitOptions {
  /** Number of the index here. */
  readonly epoch: number;
  readonly indexId: bigint;
  readonly tier: TierName;
  /** Leave a last batch that is not full for later. */
  readonly fullOnly?: boolean;
}

const feesOf = (traces: readonly ServedTrace[]): bigint[] => traces.map(({ record }) => record.fee);

/**
 * Writes the batches of an index that are on the chain but not here: a commit that was killed between its
 * transaction and its files.
 */
async function recoverBatches(
  workspace: Workspace,
  sender: ChainSender,
  deployment: Deployment,
  { epoch, indexId }: CommitOptions,
): Promise<void> {
  const ours = new Set(traceNumbers(workspace, indexId));
  for (const { statement, deadline, operator, place } of await readBatches(sender, deployment, indexId)) {
    const numbers = statement.traces.map((_, q) => statement.n0 + BigInt(q));
    if (hasBatch(workspace, batchName(statement)) || !numbers.every((number) => ours.has(number))) continue;
    const traces = numbers.map((number) => loadTrace(workspace, indexId, number));
    if (!traces.every(({ commitment }, q) => commitment === statement.traces[q])) continue;
    saveBatch(workspace, statement, { epoch, fees: feesOf(traces), deadline, operator, place });
  }
}

/** The traces that are not in a batch yet, from the index's next number on, without a gap. */
async function waitingTraces(
  workspace: Workspace,
  sender: ChainSender,
  deployment: Deployment,
  indexId: bigint,
): Promise<ServedTrace[]> {
  const next = await readNextNumber(sender, deployment, indexId);
  const numbers = traceNumbers(workspace, indexId).filter((number) => number >= next);
  numbers.forEach((number, i) => {
    if (number === next + BigInt(i)) return;
    throw new TributaryError("TRB_COMMIT_TRACE_GAP", "A trace is missing between the payments to commit.", {
      details: `payment ${next + BigInt(i)} of index ${indexId}; the next one here is ${number}`,
      hint: "Bring the missing file in traces/ back, or remove the later ones: payments are numbered without gaps.",
    });
  });
  return numbers.map((number) => loadTrace(workspace, indexId, number));
}

export interface CommittedBatches {
  readonly names: readonly string[];
  /** Of the batches and of what their fees were provided with. */
  readonly gasUsed: bigint;
}

/** Commits the waiting payments of an index, up to Q in a batch, their fees taken into escrow. */
export async function commitWaiting(
  workspace: Workspace,
  sender: ChainSender,
  deployment: Deployment,
  options: CommitOptions,
  onProgress: OnProgress,
): Promise<CommittedBatches> {
  const { indexId, epoch, tier, fullOnly = false } = options;
  const size = TIERS[tier].traces;
  await recoverBatches(workspace, sender, deployment, options);
  const waiting = await waitingTraces(workspace, sender, deployment, indexId);
  const groups = Array.from({ length: Math.ceil(waiting.length / size) }, (_, i) =>
    waiting.slice(i * size, (i + 1) * size),
  ).filter(({ length }) => !fullOnly || length === size);
  const units = groups.flatMap(feesOf).reduce((sum, fee) => sum + fee, 0n);
  const provided = await provideFees(sender, deployment, { units, batches: groups.length });
  const names: string[] = [];
  let gasUsed = provided;
  for (const traces of groups) {
    onProgress({ stage: "commit batches", done: names.length * size, total: waiting.length });
    const fees = feesOf(traces);
    const n0 = traces[0]!.record.number;
    const commitments = traces.map(({ commitment }) => commitment);
    const mined = await commitBatch(sender, deployment, { indexId, n0, fees, traces: commitments });
    const { statement, deadline, operator, place } = await readBatch(sender, deployment, mined.batchKey);
    requirePools(traces, statement.pools);
    const { transaction, gasUsed: gas } = mined;
    const record: BatchRecord = { epoch, fees, deadline, operator, place, transaction, gas };
    saveBatch(workspace, statement, record);
    names.push(batchName(statement));
    gasUsed += mined.gasUsed;
  }
  return { names, gasUsed };
}

/** The contract computes pools from fees; a trace that committed to another pool could never be proven. */
function requirePools(traces: readonly ServedTrace[], pools: readonly bigint[]): void {
  const wrong = traces.findIndex(({ record }, q) => record.pool !== pools[q]);
  if (wrong < 0) return;
  throw new TributaryError(
    "TRB_COMMIT_POOL",
    "The contract's pool is not the one that the trace committed to.",
    {
      details: `payment ${traces[wrong]!.record.number}: ${traces[wrong]!.record.pool} here, ${pools[wrong]} on the chain`,
      hint: "The index was registered with another split than this workspace's registry.json says.",
    },
  );
}
