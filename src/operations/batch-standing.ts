import { existsSync } from "node:fs";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { readText } from "../files/disk.ts";
import { parseBundle } from "../protocol/bundle.ts";
import { readBatchState } from "../settlement/batch.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { bundlePath, hasBatch, loadBatch } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { formatOpen } from "./fees.ts";

/** A batch that was not settled before its deadline, and was closed after it. */
export interface ExpiredBatch {
  readonly name: string;
  readonly datanetId: bigint;
  /** What went to the DataNet's reserve, in units: the contributors' part and the prover's share. */
  readonly reserved: bigint;
}

/** The batches of a workspace, by what the chain says of them now. */
export interface Standing {
  /** Committed, and neither settled nor expired. */
  readonly open: readonly string[];
  readonly settled: readonly string[];
  readonly expired: readonly ExpiredBatch[];
  /** Of none there is a file here. */
  readonly unknown: readonly string[];
}

/** The key by which the chain knows a batch: that of its statement, or of its proof where there is no other file. */
function keyOf(workspace: Workspace, name: string): Hex | undefined {
  if (hasBatch(workspace, name)) return loadBatch(workspace, name).statement.batchKey;
  const bundle = bundlePath(workspace, name);
  return existsSync(bundle) ? parseBundle(readText(bundle)).statement.batchKey : undefined;
}

/** @throws TRB_SETTLEMENT_BATCH_UNKNOWN, TRB_SETTLEMENT_BATCH_STATUS */
export async function batchStanding(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
  names: readonly string[],
): Promise<Standing> {
  const [open, settled, unknown]: [string[], string[], string[]] = [[], [], []];
  const expired: ExpiredBatch[] = [];
  for (const name of names) {
    const key = keyOf(workspace, name);
    if (key === undefined) {
      unknown.push(name);
      continue;
    }
    const { status, datanetId, pool, proverShare } = await readBatchState(reader, deployment, key);
    if (status === "none") throw unknownBatch(name, key);
    if (status === "pending") open.push(name);
    if (status === "settled") settled.push(name);
    if (status === "expired") expired.push({ name, datanetId, reserved: pool + proverShare });
  }
  return { open, settled, expired, unknown };
}

const unknownBatch = (name: string, key: Hex): TributaryError =>
  new TributaryError("TRB_SETTLEMENT_BATCH_UNKNOWN", "The chain knows no such batch.", {
    details: `batch ${name}, ${key}`,
    hint: "Its transaction may have been taken back by a reorganisation; run: tributary batch commit. Or the node is behind, or another chain's.",
  });

/** What is said of an expired batch: where its money is. */
export const expiredText = ({ name, datanetId, reserved }: ExpiredBatch): string =>
  `batch ${name}: expired before it was settled; its ${formatOpen(reserved)} OPEN are in the reserve of DataNet ${datanetId}`;

/**
 * Where batches were named one by one, an expired one among them is an error.
 *
 * @throws TRB_SETTLEMENT_BATCH_EXPIRED
 */
export function requireUnexpired(expired: readonly ExpiredBatch[], asked: readonly string[]): void {
  const named = expired.filter(({ name }) => asked.includes(name));
  if (named.length === 0) return;
  throw new TributaryError("TRB_SETTLEMENT_BATCH_EXPIRED", "The batch expired: it can be settled no more.", {
    details: named.map(expiredText).join("; "),
    hint: "Governance decides what becomes of a DataNet's reserve. Settle the next batches before their deadlines: tributary chain status.",
  });
}
