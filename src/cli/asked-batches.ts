import { TributaryError } from "../core/errors.ts";
import { batchNames, hasBatch } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";

/**
 * The batches that were named, or all of the workspace.
 *
 * @throws TRB_CLI_BATCH_UNKNOWN, also where there is none at all
 */
export function askedBatches(workspace: Workspace, asked: readonly string[]): readonly string[] {
  const known = batchNames(workspace);
  const unknown = asked.find((name) => !hasBatch(workspace, name));
  if (unknown === undefined && known.length > 0) return asked.length === 0 ? known : asked;
  throw new TributaryError("TRB_CLI_BATCH_UNKNOWN", "There is no such batch here.", {
    details: known.length === 0 ? "no batch was committed yet" : `${unknown}; there are ${known.join(", ")}`,
    hint: "Commit served requests with: tributary batch commit",
  });
}
