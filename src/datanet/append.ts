import { sealVersion } from "./draft.ts";
import type { DataNetDraft } from "./draft-types.ts";
import { Commitments } from "./duplicates.ts";
import { dataNetError } from "./errors.ts";
import { ListedFeatures, type OpenStore } from "./feature-store.ts";
import { labelsAmong, takeRows } from "./intake.ts";
import type { Manifest } from "./manifest.ts";
import { MerkleFrontier } from "./merkle.ts";
import { appendPositions } from "./positions.ts";
import { Refusals } from "./refusals.ts";
import { rowDigest, rowLeaf } from "./row-hash.ts";
import { newRows } from "./rows.ts";
import { kindOf } from "./source/columns.ts";
import type { DataNet, DataNetBody, HeldOutRow, Refusal, Row, SourceOptions } from "./types.ts";

type RowBefore = Pick<Row, "features" | "label" | "position" | "line" | "version">;

/** What a new version has to know of the rows before it: who committed them, and the tree of their leaves. */
export interface RowsBefore {
  readonly commitments: Commitments;
  readonly tree: MerkleFrontier;
}

/**
 * @param rows all rows of a DataNet, in order
 * @param heldOut rows that measure models of it: nobody may bring them as training rows
 */
export function rowsBefore(
  { labels, contributors }: Pick<DataNetBody, "labels" | "contributors">,
  rows: Iterable<RowBefore>,
  heldOut: Iterable<HeldOutRow>,
): RowsBefore {
  const commitments = new Commitments();
  const tree = new MerkleFrontier();
  for (const { features, label, line } of heldOut) {
    const digest = rowDigest(features, labels[label]!);
    commitments.commit(digest, { line, version: 1, contributor: null, heldOut: true });
  }
  for (const { features, label, position, line, version } of rows) {
    const digest = rowDigest(features, labels[label]!);
    tree.add(rowLeaf(digest, position));
    commitments.commit(digest, { line, version, contributor: contributors[position]!, heldOut: false });
  }
  return { commitments, tree };
}

/**
 * The draft of a new version with a file's rows after those that are there. Rows and contributors keep their places, and the labels
 * stay those of the first version.
 *
 * @param before is used up: the new rows are added to it
 * @throws TRB_DATANET_*, see `docs/datanets.md`; TRB_DATANET_NO_NEW_ROWS where every row was there before
 */
export async function draftNext<T>(
  body: Manifest,
  { commitments, tree }: RowsBefore,
  source: SourceOptions,
  open: OpenStore<T>,
): Promise<DataNetDraft<T>> {
  const parent = body.versions.at(-1)!;
  const refusals = new Refusals();
  const { dimension } = body;
  const expected = { dimension, labels: new Set(body.labels) };
  const setting = { commitments, refusals, version: parent.number + 1, heldOut: false, ...expected };
  const taken = await takeRows(source, setting, open());
  if (taken.labels.length === 0) {
    throw dataNetError("NO_NEW_ROWS", "The file brings no new row: no version was made.", {
      details: `${source.file}: ${taken.read} rows, all there before`,
    });
  }
  const { lines, contributors, names, digest } = commitments.since(taken.first);
  const labels = labelsAmong(taken, body.labels);
  const named = source.columns.contributor === undefined ? null : { contributors, names, lines };
  const positions = appendPositions(named, labels, body);
  const places = labels.map((_, i) => i);
  const version = sealVersion(tree, { digest }, places, positions, parent, source);
  return {
    body: { ...body, contributors: positions.contributors, versions: [...body.versions, version] },
    rows: { features: () => taken.features.all(), labels, lines, positions: positions.owners },
    heldOut: { features: () => [], labels: new Uint32Array(0), lines: new Uint32Array(0) },
    refusals,
  };
}

/** @throws TRB_DATANET_COLUMNS_INVALID where a file's rows are of another kind than a DataNet's */
export function requireKind(
  { kind }: Pick<Manifest, "kind">,
  { columns }: Pick<SourceOptions, "columns">,
): void {
  const given = kindOf(columns);
  if (given === kind) return;
  throw dataNetError("COLUMNS_INVALID", `The rows of this DataNet are ${kind}, not ${given}.`, {
    hint: kind === "text" ? "Give --text COLUMN." : "Give --features COLUMNS.",
  });
}

/** A new version in memory. @param heldOut as `rowsBefore` takes them. Throws as `draftNext` and `requireKind`. */
export async function appendVersion(
  { rows, root: _root, version: _version, ...body }: DataNet,
  source: SourceOptions,
  heldOut: readonly HeldOutRow[] = [],
): Promise<{ datanet: DataNet; refusals: readonly Refusal[] }> {
  requireKind(body, source);
  const before = rowsBefore(body, rows, heldOut);
  const draft = await draftNext(body, before, source, () => new ListedFeatures());
  const { root, number } = draft.body.versions.at(-1)!;
  return {
    datanet: { ...draft.body, rows: [...rows, ...newRows(draft)], root, version: number },
    refusals: draft.refusals.list,
  };
}
