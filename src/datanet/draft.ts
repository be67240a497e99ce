import type { OnProgress } from "../core/progress.ts";
import type { CommittedRows } from "./duplicates.ts";
import type { MerkleFrontier } from "./merkle.ts";
import { rowLeaf } from "./row-hash.ts";
import { toHex } from "./rows.ts";
import type { DataNetVersion } from "./types.ts";

const PROGRESS_STEP = 1024;

/** Entries of a column at the places listed. */
export const at = (column: Uint32Array, places: Uint32Array): Uint32Array =>
  places.map((place) => column[place]!);

/** Those that a mask has `value` for. */
export function* where<T>(items: Iterable<T>, mask: Uint8Array, value: number): Generator<T> {
  let i = 0;
  for (const item of items) if (mask[i++] === value) yield item;
}

/**
 * The version that adds rows to those of a tree.
 *
 * @param tree the leaves of the version before, empty for the first; takes the new ones
 * @param places of the new rows among those committed
 * @param owners their positions
 * @param parent the version before, null for the first
 */
export function sealVersion(
  tree: MerkleFrontier,
  { digest }: Pick<CommittedRows, "digest">,
  places: Uint32Array,
  { owners, contributors }: { readonly owners: Uint32Array; readonly contributors: readonly string[] },
  parent: DataNetVersion | null,
  { created = new Date(), onProgress }: { readonly created?: Date; readonly onProgress?: OnProgress },
): DataNetVersion {
  const total = places.length;
  for (let i = 0; i < total; i++) {
    if (i % PROGRESS_STEP === 0) onProgress?.({ stage: "hash", done: i, total });
    tree.add(rowLeaf(digest(places[i]!), owners[i]!));
  }
  return {
    number: (parent?.number ?? 0) + 1,
    root: toHex(tree.root()),
    rows: tree.count,
    contributors: contributors.length,
    parent: parent?.root ?? null,
    created: created.toISOString(),
  };
}
