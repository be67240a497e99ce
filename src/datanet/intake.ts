import type { Commitments } from "./duplicates.ts";
import type { FeatureStore } from "./feature-store.ts";
import { GrowingColumn } from "./growing-column.ts";
import { labelIndices } from "./held-out.ts";
import { Names } from "./names.ts";
import type { Refusals } from "./refusals.ts";
import { rowDigest } from "./row-hash.ts";
import { type Expected, sourceRows } from "./source/rows.ts";
import type { SourceOptions } from "./types.ts";

/** What the rows of a file are taken into. */
export interface IntakeSetting extends Expected {
  readonly commitments: Commitments;
  readonly refusals: Refusals;
  /** The version that the rows are committed as of. */
  readonly version: number;
  readonly heldOut: boolean;
}

/** New rows of a file, in columns: the rest of what is known of them is with the commitments. */
export interface TakenRows<T> {
  /** How many rows had been committed before them. */
  readonly first: number;
  /** Rows of the file, refused ones too. */
  readonly read: number;
  /** Indices into `names`. */
  readonly labels: Uint32Array;
  readonly names: readonly string[];
  readonly features: FeatureStore<T>;
  /** Numbers in a row; null for text, and where there is no row. */
  readonly dimension: number | null;
}

/** Reads a file and keeps the rows that are new. Throws as `sourceRows`. */
export async function takeRows<T>(
  source: SourceOptions,
  { commitments, refusals, version, heldOut, ...expected }: IntakeSetting,
  features: FeatureStore<T>,
): Promise<TakenRows<T>> {
  const first = commitments.count;
  const labels = new GrowingColumn();
  const names = new Names();
  let read = 0;
  let numbers: number | null = null;
  for await (const rows of sourceRows(source, expected)) {
    read += rows.length;
    for (const row of rows) {
      const { line, contributor } = row;
      const digest = rowDigest(row.features, row.label);
      const refusal = commitments.commit(digest, { line, version, contributor, heldOut });
      if (refusal === undefined) {
        labels.push(names.number(row.label));
        features.add(row.features);
        if (typeof row.features !== "string") numbers = row.features.length;
      } else refusals.add(refusal);
    }
  }
  return { first, read, labels: labels.from(0), names: names.list, features, dimension: numbers };
}

/** Labels of rows as indices into a DataNet's, of which each is one. */
export function labelsAmong(
  { labels, names }: Pick<TakenRows<unknown>, "labels" | "names">,
  known: readonly string[],
): Uint32Array {
  const indices = labelIndices(known);
  const index = Uint32Array.from(names, (name) => indices.get(name) ?? 0);
  return labels.map((number) => index[number]!);
}
