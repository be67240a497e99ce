import { Clusters } from "./clusters.ts";
import { joinNearNumbers, nearLimit, unitsOf } from "./near-numbers.ts";
import { joinNearTexts, TEXT_SIMILARITY } from "./near-text.ts";
import { type FeatureTable, isNumbers, type NumberTable, tableOfNumbers } from "./row-table.ts";
import type { Features } from "./types.ts";

export interface NearDuplicates {
  /** The first row of each row's cluster, in the order of the rows: itself where a row is alone. */
  readonly first: Uint32Array;
  /** What "near" meant: least Jaccard similarity of texts, or largest root-mean-square distance of numbers in standard deviations. */
  readonly limit: number;
  /** Pairs of rows of one label that were not looked at, because there were too many that are hard to tell apart. */
  readonly skipped: number;
}

/**
 * Clusters of rows that say the same: texts with small edits, numbers with small noise. Only rows of one label are
 * compared; another label makes another row, as it does for exact copies. Clusters are closed: a near one of a near one is in.
 *
 * The same rows in the same order give the same clusters; all randomness is fixed. A million rows of numbers take a minute.
 *
 * @param labels one for each row
 * @param similarity least Jaccard similarity of near texts, in [0.5, 1]
 * @param mostPairs that are looked at, of one label
 */
export function nearDuplicates(
  features: readonly Features[] | FeatureTable,
  labels: Uint32Array,
  similarity = TEXT_SIMILARITY,
  mostPairs?: number,
): NearDuplicates {
  const clusters = new Clusters(labels.length);
  const byLabel = rowsByLabel(labels);
  const table = isNumbers(features) ? features : numbersOf(features);
  let skipped = 0;
  if (table === undefined) {
    for (const members of byLabel) {
      const texts = features as readonly string[];
      skipped += joinNearTexts(texts, Array.from(members), clusters, similarity, mostPairs);
    }
    return { first: clusters.first(), limit: similarity, skipped };
  }
  const units = unitsOf(table);
  const limit = nearLimit(table, units, byLabel, labels);
  for (const members of byLabel) {
    skipped += joinNearNumbers(table, units, members, limit, clusters, mostPairs);
  }
  return { first: clusters.first(), limit: Math.sqrt(limit / Math.max(1, table.width)), skipped };
}

/** The rows of each label, ascending. */
function rowsByLabel(labels: Uint32Array): Uint32Array[] {
  const counts: number[] = [];
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const byLabel = Array.from(counts, (count = 0) => new Uint32Array(count));
  const next = new Uint32Array(byLabel.length);
  labels.forEach((label, row) => {
    byLabel[label]![next[label]!++] = row;
  });
  return byLabel;
}

/** Rows of numbers side by side; undefined for texts. */
const numbersOf = (features: readonly Features[]): NumberTable | undefined =>
  typeof features[0] === "string" ? undefined : tableOfNumbers(features as readonly Float64Array[]);
