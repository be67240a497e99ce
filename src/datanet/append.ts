import { kindOf } from "./columns.ts";
import { Commitments } from "./duplicates.ts";
import { dataNetError } from "./errors.ts";
import { indexOfLabel, labelIndices } from "./held-out.ts";
import { appendPositions } from "./positions.ts";
import { makeRows, makeVersion } from "./rows.ts";
import { readSource } from "./source.ts";
import type { DataNet, HeldOutRow, Refusal, SourceOptions } from "./types.ts";

/**
 * A new version with a file's rows after those that are there. Rows and contributors keep their places, and the labels
 * stay those of the first version.
 *
 * @param heldOut rows that measure models of this DataNet: nobody may bring them as training rows
 * @throws TRB_DATANET_*, see `docs/datanets.md`; TRB_DATANET_NO_NEW_ROWS where every row was there before
 */
export async function appendVersion(
  datanet: DataNet,
  source: SourceOptions,
  heldOut: readonly HeldOutRow[] = [],
): Promise<{ datanet: DataNet; refusals: Refusal[] }> {
  const kind = kindOf(source.columns);
  if (kind !== datanet.kind) {
    throw dataNetError("COLUMNS_INVALID", `The rows of this DataNet are ${datanet.kind}, not ${kind}.`, {
      hint: datanet.kind === "text" ? "Give --text COLUMN." : "Give --features COLUMNS.",
    });
  }
  const number = datanet.version + 1;
  const rows = await readSource(source, datanet.dimension);
  const { accepted, refusals } = Commitments.of(datanet, heldOut).accept(rows, number);
  if (accepted.length === 0) {
    throw dataNetError("NO_NEW_ROWS", "The file brings no new row: no version was made.", {
      details: `${source.file}: ${rows.length} rows, all there before`,
    });
  }
  const indices = labelIndices(datanet.labels);
  const labelled = accepted.map(({ label, line }) => ({ label: indexOfLabel(indices, label, line) }));
  const { contributors, owners } = appendPositions(accepted, labelled, datanet);
  const all = [...datanet.rows, ...makeRows(accepted, labelled, owners, number, source.onProgress)];
  const version = makeVersion(all, contributors, datanet.versions.at(-1)!, source.created);
  return {
    datanet: {
      ...datanet,
      contributors,
      rows: all,
      root: version.root,
      version: number,
      versions: [...datanet.versions, version],
    },
    refusals,
  };
}
