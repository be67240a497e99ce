import { mix32, seededRandom } from "../numeric/random.ts";
import type { Clusters } from "./clusters.ts";

/** Characters of a shingle: long enough that two sentences about one thing share few by chance. */
const SHINGLE = 4;
/**
 * Sets of shingles that have this much in common (|A∩B| / |A∪B|) are one text with small edits. A lower limit finds more edits,
 * and more people who wrote almost the same: docs/decisions/015-gaming.md.
 */
export const TEXT_SIMILARITY = 0.8;
const HASHES = 128;
/** 32 bands of 4: a pair of similarity 0.6 meets in one of them with a chance of 98.8 %, one of 0.8 nearly surely. */
const BAND = 4;
/**
 * Comparisons of one label's texts, a minute or two: 2,900 texts that all meet one another in each band. Texts with a long
 * passage in common meet often, however much else they say.
 */
const MOST_PAIRS = 2 ** 27;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Sorted hashes of a text's shingles: lower case, NFKC, words with one space between and around them. */
export function shinglesOf(text: string): Uint32Array {
  const tokens =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const plain = ` ${tokens.join(" ")} `;
  const found = new Set<number>();
  for (let at = 0; at + Math.min(SHINGLE, plain.length) <= plain.length; at++) {
    let h = FNV_OFFSET;
    for (const unit of plain.slice(at, at + SHINGLE)) h = Math.imul(h ^ unit.codePointAt(0)!, FNV_PRIME);
    found.add(mix32(h));
  }
  return Uint32Array.from(found).sort();
}

/** |A∩B| / |A∪B| of sorted lists without repetitions; 1 of two empty ones. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, common] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      common++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  const union = a.length + b.length - common;
  return union === 0 ? 1 : common / union;
}

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
 * then compared by its shingles themselves, so that a pair that is joined is similar for sure.
 *
 * @param members numbers of rows
 * Where more of them meet than may be compared, each is held against those that came last.
 *
 * @param limit least similarity, not below a half: rarer meetings are missed
 * @returns how many meetings were passed over
 */
export function joinNearTexts(
  texts: readonly string[],
  members: readonly number[],
  clusters: Clusters,
  limit: number,
  mostPairs = MOST_PAIRS,
): number {
  const random = seededRandom(1);
  const seeds = Uint32Array.from({ length: HASHES }, () => random.integer(2 ** 32));
  const shingles = members.map((row) => shinglesOf(texts[row]!));
  const signatures = new Uint32Array(members.length * HASHES);
  for (const [i, set] of shingles.entries()) {
    signature(set, seeds, signatures.subarray(i * HASHES, (i + 1) * HASHES));
  }
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
        // One of each group that is in the bucket already stands for it.
        if (clusters.together(members[i]!, members[other]!)) continue;
        if (jaccard(shingles[i]!, shingles[other]!) >= limit) clusters.join(members[i]!, members[other]!);
      }
      bucket.push(i);
      buckets.set(key, bucket);
    }
  }
  return skipped;
}
