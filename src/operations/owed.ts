import { existsSync } from "node:fs";
import { readText } from "../files/disk.ts";
import { parseBundle } from "../protocol/bundle.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { batchNames, bundlePath, loadBatch } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { batchStanding } from "./batch-standing.ts";
import { withEarnings } from "./claim.ts";
import { type PositionEarned, readEarned } from "./earned.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";

/** Units of one position, summed over the DataNet's books and for each of them. */
export interface Owed extends PositionEarned {
  /** What proofs of this workspace grant it that are not settled yet. */
  readonly waiting: bigint;
}

/** Batches of this workspace whose payments nobody was paid for yet. */
export interface WaitingBatches {
  /** Proven, and not settled: whose part is known. */
  readonly proven: readonly string[];
  /** Committed, and not proven: only what all positions get together is known. */
  readonly unproven: readonly string[];
  /** Units for contributors in the unproven ones. */
  readonly unprovenPools: bigint;
}

export interface OwedResult {
  readonly owed: readonly Owed[];
  readonly waiting: WaitingBatches;
}

/** What of the workspace's batches is still to come, and what the proofs among them grant each position. */
async function readWaiting(workspace: Workspace, reader: ChainReader, deployment: Deployment) {
  const { open } = await batchStanding(workspace, reader, deployment, batchNames(workspace));
  const granted = new Map<number, bigint>();
  const [proven, unproven]: [string[], string[]] = [[], []];
  let unprovenPools = 0n;
  for (const name of open) {
    const path = bundlePath(workspace, name);
    if (existsSync(path)) {
      proven.push(name);
      parseBundle(readText(path)).claim.payouts.forEach((units, position) => {
        granted.set(position, (granted.get(position) ?? 0n) + units);
      });
    } else {
      unproven.push(name);
      unprovenPools += loadBatch(workspace, name).statement.pools.reduce((sum, pool) => sum + pool, 0n);
    }
  }
  return { granted, waiting: { proven, unproven, unprovenPools } };
}

/**
 * What positions of a DataNet are owed: by the chain's events, held against its totals, and by what waits in this workspace.
 * Sends nothing.
 *
 * @param positions in the order of the answer
 * @throws TRB_CLAIM_TOTAL_MISMATCH
 */
export async function readOwed(
  workspace: Workspace,
  { reader, deployment }: { readonly reader: ChainReader; readonly deployment: Deployment },
  { datanetId, positions }: { readonly datanetId: bigint; readonly positions: readonly number[] },
  keys: KeySource = developmentSource,
): Promise<OwedResult> {
  const earned = await withEarnings(
    { reader, deployment },
    datanetId,
    (books) => readEarned(reader, deployment, books, positions),
    keys,
  );
  const { granted, waiting } = await readWaiting(workspace, reader, deployment);
  const owed = earned.map((one): Owed => ({ ...one, waiting: granted.get(one.position) ?? 0n }));
  return { owed, waiting };
}
