import type { OnProgress } from "../core/progress.ts";
import type { Hex } from "../core/statement.ts";
import type { AcceptedRow } from "./duplicates.ts";
import { merkleRoot } from "./merkle.ts";
import { rowLeaf } from "./row-hash.ts";
import type { DataNetVersion, Row } from "./types.ts";

const PROGRESS_STEP = 1024;

export const toHex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString("hex")}`;

function* leaves(rows: readonly Row[]): Generator<Uint8Array> {
  for (const { leaf } of rows) yield Buffer.from(leaf.slice(2), "hex");
}

/** The Merkle root of rows, in order; at least one. */
export const rowsRoot = (rows: readonly Row[]): Hex => toHex(merkleRoot(leaves(rows)));

/**
 * @param labels their labels as indices, one for each row
 * @param owners their positions, one for each row
 */
export const makeRows = (
  rows: readonly AcceptedRow[],
  labels: readonly { readonly label: number }[],
  owners: ArrayLike<number>,
  version: number,
  onProgress?: OnProgress,
): Row[] =>
  rows.map(({ features, digest, line }, i) => {
    if (i % PROGRESS_STEP === 0) onProgress?.({ stage: "hash", done: i, total: rows.length });
    const position = owners[i]!;
    return {
      leaf: toHex(rowLeaf(digest, position)),
      features,
      label: labels[i]!.label,
      position,
      line,
      version,
    };
  });

/**
 * The version that has all the given rows.
 *
 * @param parent the version before, null for the first
 */
export const makeVersion = (
  rows: readonly Row[],
  contributors: readonly string[],
  parent: DataNetVersion | null,
  created = new Date(),
): DataNetVersion => ({
  number: (parent?.number ?? 0) + 1,
  root: rowsRoot(rows),
  rows: rows.length,
  contributors: contributors.length,
  parent: parent?.root ?? null,
  created: created.toISOString(),
});
