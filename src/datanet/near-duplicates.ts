import { Clusters } from "./clusters.ts";
import { nearLimits } from "./near-limits.ts";
import { joinNearNumbers } from "./near-numbers.ts";
import { joinNearTexts } from "./near-text.ts";
import { unitsOf } from "./near-units.ts";
import { type FeatureTable, isNumbers, type NumberTable, tableOfNumbers } from "./row-table.ts";
import { TEXT_SIMILARITY, textLimits } from "./text-limits.ts";
import type { Features } from "./types.ts";

export interface NearDuplicates {
  /** The first row of each row's cluster, in the order of the rows: itself where a row is alone. */
  readonly first: Uint32Array;
  /** Rows that share their cluster with another one. */
  readonly joined: number;
  /** What "near" meant: least Jaccard similarity of texts, or the largest of all limits of numbers, a root-mean-square distance in units of the columns. */
  readonly limit: number;
  /** Pairs of rows of one label that were not looked at, because there were too many that are hard to tell apart. */
  readonly skipped: number;
}

/** Rows of which near ones are looked for. */
export interface Labelled {
  readonly features: readonly Features[] | FeatureTable;
  readonly labels: Uint32Array;
  /** Who handed each row in: nobody's many rows decide what near means. Copies count as such whoever brings them. */
  readonly owners: Uint32Array;
}

export interface NearOptions {
  /** Least Jaccard similarity of near texts, in [0.5, 1]. */
  readonly similarity?: number | undefined;
  /** Pairs that are looked at, of one label. */
  readonly mostPairs?: number | undefined;
}

/**
 * Clusters of rows that say the same: texts with small edits, numbers with small noise. Only rows of one label are
 * compared; another label makes another row, as it does for exact copies. Clusters are closed: a near one of a near one is in.
 *
 * The same rows in the same order give the same clusters; all randomness is fixed. A million rows of numbers take a minute.
 */
export function nearDuplicates(
  { features, labels, owners }: Labelled,
  { similarity = TEXT_SIMILARITY, mostPairs }: NearOptions = {},
): NearDuplicates {
  const clusters = new Clusters(labels.length);
  const byLabel = rowsByLabel(labels);
  const table = isNumbers(features) ? features : numbersOf(features);
  let skipped = 0;
  if (table === undefined) {
    const texts = features as readonly string[];
    const limits = textLimits(texts, byLabel, owners, similarity);
    for (const members of byLabel) {
      skipped += joinNearTexts(texts, members, limits, clusters, mostPairs);
    }
    return { ...clustersOf(clusters), limit: limits[0]!.similarity, skipped };
  }
  const units = unitsOf(table, owners);
  const limits = nearLimits(table, units, byLabel, owners);
  if (limits === undefined) return { ...clustersOf(clusters), limit: 0, skipped };
  for (const members of byLabel) {
    skipped += joinNearNumbers(table, units, members, owners, limits, clusters, mostPairs);
  }
  const widest = limits.part * limits.most;
  return { ...clustersOf(clusters), limit: Math.sqrt(widest / Math.max(1, table.width)), skipped };
}

function clustersOf(clusters: Clusters): Pick<NearDuplicates, "first" | "joined"> {
  const first = clusters.first();
  const sizes = new Uint32Array(first.length);
  for (const row of first) sizes[row]!++;
  return { first, joined: first.reduce((count, row) => count + Number(sizes[row]! > 1), 0) };
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
