import { TIERS } from "../params/tiers.ts";
import { kindOf } from "./columns.ts";
import { type AcceptedRow, Commitments } from "./duplicates.ts";
import { dataNetError } from "./errors.ts";
import { indexOfLabel, labelHeldOut, labelIndices, splitHeldOut } from "./held-out.ts";
import { normaliseDataNetName } from "./normalise.ts";
import { contributorsUnknown, dealPositions, joinPositions, type Positions } from "./positions.ts";
import { makeRows, makeVersion } from "./rows.ts";
import { readSource } from "./source.ts";
import type { Columns, DataNet, Dealing, ImportOptions, ImportResult, Refusal, SourceRow } from "./types.ts";

const MAX_SEED = 2 ** 32 - 1;

function checkSettings({ seed = 1, capacity = 1, contributors, columns }: ImportOptions): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED)) {
    const hint = `A seed is a whole number from 0 to ${MAX_SEED}.`;
    throw dataNetError("SEED_INVALID", "The seed cannot be used.", { details: String(seed), hint });
  }
  if (!(Number.isInteger(capacity) && capacity >= 1)) {
    const hint = "It is a tier's number of positions.";
    throw dataNetError("CAPACITY_INVALID", "The capacity cannot be used.", {
      details: String(capacity),
      hint,
    });
  }
  if (contributors !== undefined && columns.contributor !== undefined) {
    throw dataNetError("COLUMNS_INVALID", "Contributors are named by a column or dealt out, not both.", {
      hint: "Give --contributor COLUMN or --contributors N.",
    });
  }
  if (contributors === undefined && columns.contributor === undefined) throw contributorsUnknown();
}

const withoutContributor = ({ contributor: _, ...columns }: Columns): Columns => columns;

interface Split {
  readonly training: readonly AcceptedRow[];
  readonly heldOut: readonly SourceRow[];
  readonly refusals: readonly Refusal[];
}

/** Rows of a held-out file that are training rows too are refused, or they would flatter the model. */
async function holdOut(
  { heldOut, columns, format, seed = 1 }: ImportOptions,
  rows: readonly AcceptedRow[],
  dimension: number | null,
  commitments: Commitments,
): Promise<Split> {
  if (heldOut === undefined) return { training: rows, heldOut: [], refusals: [] };
  if ("fraction" in heldOut) return { ...splitHeldOut(rows, heldOut.fraction, seed), refusals: [] };
  const source = {
    ...heldOut,
    columns: withoutContributor(columns),
    ...(format === undefined ? {} : { format }),
  };
  const { accepted, refusals } = commitments.accept(await readSource(source, dimension), 1, true);
  return { training: rows, heldOut: accepted, refusals };
}

function sortedLabels(rows: readonly SourceRow[]): string[] {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  if (labels.length === 1) {
    throw dataNetError("SINGLE_LABEL", "All rows have one label: there is nothing to learn.", {
      details: JSON.stringify(labels[0]),
      hint: "Check the label column.",
    });
  }
  return labels;
}

const noRows = (file: string): Error =>
  dataNetError("NO_ROWS", "The file has no rows.", { details: file, hint: "It needs a row for each label." });

/**
 * Reads a file into the first version of a DataNet.
 *
 * All or nothing: a line that is wrong stops the import with an error that names it. Only exact copies are left out and
 * reported, since a contributor cannot know what others brought.
 *
 * @throws TRB_DATANET_*, see `docs/datanets.md`
 */
export async function importDataNet(options: ImportOptions): Promise<ImportResult> {
  checkSettings(options);
  const { seed = 1, capacity = TIERS.large.positions, columns } = options;
  const name = normaliseDataNetName(options.name);
  const kind = kindOf(columns);
  const commitments = new Commitments();
  const { accepted, refusals } = commitments.accept(await readSource(options, null), 1);
  const sample = accepted[0];
  if (sample === undefined) throw noRows(options.file);
  const dimension = typeof sample.features === "string" ? null : sample.features.length;

  const {
    training,
    heldOut,
    refusals: refusedHeldOut,
  } = await holdOut(options, accepted, dimension, commitments);
  const labels = sortedLabels(training);
  const indices = labelIndices(labels);
  const labelled = training.map((row) => ({ label: indexOfLabel(indices, row.label, row.line) }));
  const dealing: Dealing | null =
    options.contributors === undefined
      ? null
      : { method: "dirichlet-1/2-by-label", contributors: options.contributors, seed };
  const positions: Positions =
    dealing === null ? joinPositions(training, [], capacity) : dealPositions(labelled, dealing, capacity);
  const rows = makeRows(training, labelled, positions.owners, 1, options.onProgress);
  const version = makeVersion(rows, positions.contributors, null, options.created);
  const datanet: DataNet = {
    name,
    kind,
    dimension,
    capacity,
    labels,
    contributors: positions.contributors,
    rows,
    root: version.root,
    version: 1,
    versions: [version],
    dealing,
  };
  return {
    datanet,
    refusals: [...refusals, ...refusedHeldOut],
    heldOut: labelHeldOut(heldOut, labels),
  };
}
