import { mix32 } from "../numeric/random.ts";

/** Characters of a shingle: long enough that two sentences about one thing share few by chance. */
const SHINGLE = 4;
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
