import { Clusters } from "./clusters.ts";
import { joinNearNumbers, nearLimit, standardise } from "./near-numbers.ts";
import { joinNearTexts, TEXT_SIMILARITY } from "./near-text.ts";
import type { Features } from "./types.ts";

export interface NearDuplicates {
  /** The first row of each row's cluster, in the order of the rows: itself where a row is alone. */
  readonly first: Uint32Array;
  /** What "near" meant: least Jaccard similarity of texts, or largest root-mean-square distance of numbers in standard deviations. */
  readonly limit: number;
}

/**
 * Clusters of rows that say the same: texts with small edits, numbers with small noise. Only rows of one label are
 * compared; another label makes another row, as it does for exact copies. Clusters are closed: a near one of a near one is in.
 *
 * The same rows in the same order give the same clusters; all randomness is fixed. 10^5 rows take seconds.
 *
 * @param labels one for each row
 * @param similarity least Jaccard similarity of near texts, in [0.5, 1]
 */
export function nearDuplicates(
  features: readonly Features[],
  labels: Uint32Array,
  similarity = TEXT_SIMILARITY,
): NearDuplicates {
  const clusters = new Clusters(features.length);
  const byLabel: number[][] = [];
  labels.forEach((label, row) => {
    byLabel[label] ??= [];
    byLabel[label].push(row);
  });
  if (typeof features[0] === "string") {
    for (const members of byLabel)
      if (members) joinNearTexts(features as string[], members, clusters, similarity);
    return { first: clusters.first(), limit: similarity };
  }
  const data = standardise(features as Float64Array[]);
  const limit = nearLimit(data, byLabel, labels);
  for (const members of byLabel) if (members) joinNearNumbers(data, members, limit, clusters);
  return { first: clusters.first(), limit: Math.sqrt(limit / Math.max(1, data.width)) };
}
