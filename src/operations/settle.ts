import { existsSync } from "node:fs";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { readText } from "../files/disk.ts";
import { parseBundle } from "../protocol/bundle.ts";
import type { Settlement } from "../protocol/statement.ts";
import type { ChainSender } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import type { Mined } from "../settlement/send.ts";
import { SETTLE_GROUP, type SettledBatch, settle, settleMany } from "../settlement/settle.ts";
import { bundlePath } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { batchStanding, type ExpiredBatch } from "./batch-standing.ts";

export interface SettledBundle {
  readonly name: string;
  readonly settlement: Settlement;
  /** `gasUsed` is the batch's part of its transaction's, in equal parts; the first has what is left. */
  readonly settled: Mined & SettledBatch;
  /** Batches that share the transaction. */
  readonly together: number;
}

export interface SettleResult {
  readonly settled: readonly SettledBundle[];
  /** Batches that were settled before. */
  readonly done: readonly string[];
  readonly expired: readonly ExpiredBatch[];
  /** Batches without a proof. */
  readonly unproven: readonly string[];
}

/**
 * Brings the proofs of the workspace to the chain; a batch that is settled or expired already is left alone. Batches of one index go
 * together, up to `SETTLE_GROUP` in a transaction; where the contract refuses a group, its batches go one by one, so that
 * the good ones are settled and the error is that of the bad one.
 */
export async function settleBundles(
  workspace: Workspace,
  sender: ChainSender,
  deployment: Deployment,
  onProgress: OnProgress,
  names: readonly string[],
): Promise<SettleResult> {
  const standing = await batchStanding(workspace, sender, deployment, names);
  const [done, expired] = [[...standing.settled], [...standing.expired]];
  const proven = (name: string): boolean => existsSync(bundlePath(workspace, name));
  const pending = standing.open
    .filter(proven)
    .map((name): Pending => ({ name, settlement: parseBundle(readText(bundlePath(workspace, name))) }));
  const unproven = names.filter(
    (name) => standing.unknown.includes(name) || (standing.open.includes(name) && !proven(name)),
  );
  const settled: SettledBundle[] = [];
  for (const group of grouped(pending)) {
    onProgress({ stage: "settle", done: settled.length, total: pending.length });
    const brought = await settleGroup(sender, deployment, group);
    settled.push(...brought);
    const passed = group.map(({ name }) => name).filter((name) => brought.every((one) => one.name !== name));
    const since = await batchStanding(workspace, sender, deployment, passed);
    done.push(...since.settled);
    expired.push(...since.expired);
  }
  return { settled, done, expired, unproven };
}

interface Pending {
  readonly name: string;
  readonly settlement: Settlement;
}

/** Neighbours of one index, in order. */
function grouped(pending: readonly Pending[]): Pending[][] {
  const groups: Pending[][] = [];
  for (const one of pending) {
    const last = groups.at(-1);
    const fits =
      last !== undefined &&
      last.length < SETTLE_GROUP &&
      last[0]!.settlement.statement.indexId === one.settlement.statement.indexId;
    if (fits) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** What the contract says where one of a group is at fault; errors of the node or the account are not among them. */
const FAULT_OF_ONE = new Set([
  "TRB_SETTLEMENT_PROOF_REJECTED",
  "TRB_SETTLEMENT_BATCH_NOT_PENDING",
  "TRB_SETTLEMENT_POINT_REFUSED",
]);

/** Brings a group. @returns what was settled; the others of the group somebody else had settled, or expired, before */
async function settleGroup(
  sender: ChainSender,
  deployment: Deployment,
  group: readonly Pending[],
): Promise<SettledBundle[]> {
  if (group.length > 1) {
    try {
      const settled = await settleMany(
        sender,
        deployment,
        group.map(({ settlement }) => settlement),
      );
      const total = settled[0]?.gasUsed ?? 0n;
      const part = settled.length === 0 ? 0n : total / BigInt(settled.length);
      const rest = total - part * BigInt(Math.max(settled.length - 1, 0));
      return group.flatMap((one) => {
        const i = settled.findIndex(({ batchKey }) => batchKey === one.settlement.statement.batchKey);
        const own = settled[i];
        if (own === undefined) return [];
        return [{ ...one, settled: { ...own, gasUsed: i === 0 ? rest : part }, together: settled.length }];
      });
    } catch (error) {
      if (!(error instanceof TributaryError && FAULT_OF_ONE.has(error.code))) throw error;
    }
  }
  const settled: SettledBundle[] = [];
  for (const one of group) {
    settled.push({ ...one, settled: await settle(sender, deployment, one.settlement), together: 1 });
  }
  return settled;
}
