import { mix32, seededRandom } from "../numeric/random.ts";
import type { Clusters } from "./clusters.ts";
import { jaccard, shinglesOf } from "./shingles.ts";
import { SimilarTexts, type TextLimit } from "./text-limits.ts";

const HASHES = 128;
/** 32 bands of 4: a pair of similarity 0.6 meets in one of them with a chance of 98.8 %, one of 0.8 nearly surely. */
const BAND = 4;
/**
 * Comparisons of one label's texts, a minute or two: 2,900 texts that all meet one another in each band. Texts with a long
 * passage in common meet often, however much else they say.
 */
const MOST_PAIRS = 2 ** 27;

/** MinHash (Broder, 1997): two sets agree in each entry with the chance of their Jaccard similarity. */
function signature(shingles: Uint32Array, seeds: Uint32Array, into: Uint32Array): void {
  into.fill(0xffffffff);
  for (const shingle of shingles) {
    for (let h = 0; h < HASHES; h++) {
      const value = mix32(shingle ^ seeds[h]!);
      if (value < into[h]!) into[h] = value;
    }
  }
}

/**
 * Joins the texts of one label that are small edits of one another. MinHash finds the candidates, band by band; each is
 * then compared by its shingles themselves, so that a pair that is joined is similar for sure. Where more of them meet than may
 * be compared, each is held against those that came last.
 *
 * @param members numbers of rows
 * @param limits what two texts must have in common, and what one and several others: see `textLimits`
 * @returns how many meetings were passed over
 */
export function joinNearTexts(
  texts: readonly string[],
  members: Uint32Array,
  limits: readonly TextLimit[],
  clusters: Clusters,
  mostPairs = MOST_PAIRS,
): number {
  const random = seededRandom(1);
  const seeds = Uint32Array.from({ length: HASHES }, () => random.integer(2 ** 32));
  const shingles = Array.from(members, (row) => shinglesOf(texts[row]!));
  const signatures = new Uint32Array(members.length * HASHES);
  for (const [i, set] of shingles.entries()) {
    signature(set, seeds, signatures.subarray(i * HASHES, (i + 1) * HASHES));
  }
  const metBefore = (i: number, other: number, band: number): boolean => {
    for (let from = 0; from < band; from += BAND) {
      let h = from;
      while (h < from + BAND && signatures[i * HASHES + h] === signatures[other * HASHES + h]) h++;
      if (h === from + BAND) return true;
    }
    return false;
  };
  const near = new SimilarTexts(members.length, limits);
  // As many in each band, and of each text.
  const perText = Math.max(1, Math.floor((2 * mostPairs * BAND) / HASHES / Math.max(1, members.length)));
  let skipped = 0;
  for (let band = 0; band < HASHES; band += BAND) {
    const buckets = new Map<string, number[]>();
    for (let i = 0; i < members.length; i++) {
      const key = signatures.subarray(i * HASHES + band, i * HASHES + band + BAND).join();
      const bucket = buckets.get(key) ?? [];
      const from = Math.max(0, bucket.length - perText);
      skipped += from;
      for (let at = from; at < bucket.length; at++) {
        const other = bucket[at]!;
        // Where both have met enough of their like, one of each group that is in the bucket already stands for it.
        if (near.full(i, other) && clusters.together(members[i]!, members[other]!)) continue;
        if (metBefore(i, other, band)) continue;
        const similarity = jaccard(shingles[i]!, shingles[other]!);
        if (similarity >= limits[0]!.similarity) clusters.join(members[i]!, members[other]!);
        near.add(i, other, similarity);
      }
      bucket.push(i);
      buckets.set(key, bucket);
    }
  }
  near.joinGroups((a, b) => clusters.join(members[a]!, members[b]!));
  return skipped;
}
