import { existsSync } from "node:fs";
import { parseBundle } from "../core/bundle.ts";
import type { OnProgress } from "../core/progress.ts";
import type { Settlement } from "../core/statement.ts";
import { readBatch } from "../settlement/batch.ts";
import type { ChainSender } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import type { Mined } from "../settlement/send.ts";
import { type SettledBatch, settle } from "../settlement/settle.ts";
import { bundlePath } from "./batches.ts";
import { readText } from "./files.ts";
import type { Workspace } from "./workspace.ts";

export interface SettledBundle {
  readonly name: string;
  readonly settlement: Settlement;
  readonly settled: Mined & SettledBatch;
}

export interface SettleResult {
  readonly settled: readonly SettledBundle[];
  /** Batches that were settled or expired before. */
  readonly done: readonly string[];
  /** Batches without a proof. */
  readonly unproven: readonly string[];
}

/** Brings the proofs of the workspace to the chain; a batch that is settled already is left alone. */
export async function settleBundles(
  workspace: Workspace,
  sender: ChainSender,
  deployment: Deployment,
  onProgress: OnProgress,
  names: readonly string[],
): Promise<SettleResult> {
  const settled: SettledBundle[] = [];
  const done: string[] = [];
  const unproven: string[] = [];
  for (const [i, name] of names.entries()) {
    onProgress({ stage: "settle", done: i, total: names.length });
    const path = bundlePath(workspace, name);
    if (!existsSync(path)) {
      unproven.push(name);
      continue;
    }
    const settlement = parseBundle(readText(path));
    const { status } = await readBatch(sender, deployment, settlement.statement.batchKey);
    if (status !== "pending") done.push(name);
    else settled.push({ name, settlement, settled: await settle(sender, deployment, settlement) });
  }
  return { settled, done, unproven };
}
