import { existsSync } from "node:fs";
import { TributaryError } from "../core/errors.ts";
import { readText } from "../files/disk.ts";
import { parseBundle } from "../protocol/bundle.ts";
import type { ChainReader } from "../settlement/chain.ts";
import { readCapacity } from "../settlement/datanet.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { batchNames, bundlePath, loadBatch } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { batchStanding } from "./batch-standing.ts";
import { readEarnings } from "./claim.ts";
import { tierOf } from "./import.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";
import { withSrs } from "./keys/reference-string.ts";

/** Units of one position. */
export interface Owed {
  readonly position: number;
  /** All that settlements ever granted it. */
  readonly earned: bigint;
  readonly claimed: bigint;
  /** What a claim would pay now. */
  readonly claimable: bigint;
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

interface Books {
  readonly cumulative: readonly bigint[];
  readonly claimed: readonly bigint[];
}

/** The books of a DataNet that nothing was settled into are empty, and no error. */
async function readBooks(
  reader: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
  keys: KeySource,
): Promise<Books> {
  const capacity = await readCapacity(reader, deployment, datanetId);
  try {
    return await withSrs(
      tierOf({ capacity }),
      async (srs) => {
        const { earnings, claimed } = await readEarnings(reader, deployment, datanetId, srs);
        return { cumulative: earnings.cumulative, claimed };
      },
      keys,
    );
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_CLAIM_NOTHING_SETTLED")
      return { cumulative: [], claimed: [] };
    throw error;
  }
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
  const { cumulative, claimed } = await readBooks(reader, deployment, datanetId, keys);
  const { granted, waiting } = await readWaiting(workspace, reader, deployment);
  const owed = positions.map((position): Owed => {
    const [earned, paid] = [cumulative[position] ?? 0n, claimed[position] ?? 0n];
    return {
      position,
      earned,
      claimed: paid,
      claimable: earned - paid,
      waiting: granted.get(position) ?? 0n,
    };
  });
  return { owed, waiting };
}
