import { existsSync } from "node:fs";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { readText } from "../files/disk.ts";
import { parseBundle } from "../protocol/bundle.ts";
import { type ChainBatch, readBatch } from "../settlement/batch.ts";
import { type Recorded, readStatuses } from "../settlement/batch-status.ts";
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

/** How the chain knows a batch: by its statement's key, or by its proof's where there is no other file. */
async function recordedBatch(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
  name: string,
): Promise<Recorded | undefined> {
  const bundle = bundlePath(workspace, name);
  if (!hasBatch(workspace, name) && !existsSync(bundle)) return undefined;
  const known = hasBatch(workspace, name) ? loadBatch(workspace, name) : undefined;
  const { batchKey } = known?.statement ?? parseBundle(readText(bundle)).statement;
  const { operator, place } = known?.record ?? {};
  // Where the files do not say it, the event does.
  if (operator !== undefined && place !== undefined) return { batchKey, operator, place };
  return { batchKey, ...placeOf(await readBatch(reader, deployment, batchKey)) };
}

const placeOf = ({ operator, place }: ChainBatch) => ({ operator, place });

/** @throws TRB_SETTLEMENT_BATCH_UNKNOWN, TRB_SETTLEMENT_BATCH_STATUS */
export async function batchStanding(
  workspace: Workspace,
  reader: ChainReader,
  deployment: Deployment,
  names: readonly string[],
): Promise<Standing> {
  const [open, settled, unknown]: [string[], string[], string[]] = [[], [], []];
  const expired: ExpiredBatch[] = [];
  const known: { readonly name: string; readonly recorded: Recorded }[] = [];
  for (const name of names) {
    const recorded = await recordedBatch(workspace, reader, deployment, name);
    if (recorded === undefined) unknown.push(name);
    else known.push({ name, recorded });
  }
  const statuses = await readStatuses(
    reader,
    deployment,
    known.map(({ recorded }) => recorded),
  );
  for (const [i, { name, recorded }] of known.entries()) {
    const status = statuses[i]!;
    if (status === "none") throw unknownBatch(name, recorded.batchKey);
    if (status === "pending") open.push(name);
    if (status === "settled") settled.push(name);
    if (status === "expired") {
      const { index, statement, proverShare } = await readBatch(reader, deployment, recorded.batchKey);
      const pool = statement.pools.reduce((sum, one) => sum + one, 0n);
      expired.push({ name, datanetId: index.datanetId, reserved: pool + proverShare });
    }
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
