import { TributaryError } from "../core/errors.ts";
import { batchNames, hasBatch } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";

/**
 * The batches that were named, or all of the workspace: none where it has none, which is nothing to do and no error.
 *
 * @throws TRB_CLI_BATCH_UNKNOWN for a name
 */
export function knownBatches(workspace: Workspace, asked: readonly string[]): readonly string[] {
  const unknown = asked.find((name) => !hasBatch(workspace, name));
  if (unknown !== undefined) throw noSuchBatch(batchNames(workspace), unknown);
  return asked.length === 0 ? batchNames(workspace) : asked;
}

/** The same for who is to say something of them. @throws TRB_CLI_BATCH_UNKNOWN, also where there is none at all */
export function askedBatches(workspace: Workspace, asked: readonly string[]): readonly string[] {
  const batches = knownBatches(workspace, asked);
  if (batches.length > 0) return batches;
  throw noSuchBatch([], undefined);
}

const noSuchBatch = (known: readonly string[], unknown: string | undefined): TributaryError =>
  new TributaryError("TRB_CLI_BATCH_UNKNOWN", "There is no such batch here.", {
    details: known.length === 0 ? "no batch was committed yet" : `${unknown}; there are ${known.join(", ")}`,
    hint: "Commit served requests with: tributary batch commit",
  });

/** "2 batches settled before", or no line: what was done earlier is counted, not listed. */
export const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? "batch" : "batches"} ${what}`];
