import { mix32 } from "../numeric/random.ts";
import type { Entries, TextHashing } from "./types.ts";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units, finished by `mix32`; `kind` keeps words and characters apart. */
function hash(gram: string, kind: number, seed: number): number {
  let h = FNV_OFFSET ^ mix32(seed + kind);
  for (let i = 0; i < gram.length; i++) {
    const unit = gram.charCodeAt(i);
    h = Math.imul(h ^ (unit & 0xff), FNV_PRIME);
    h = Math.imul(h ^ (unit >>> 8), FNV_PRIME);
  }
  return mix32(h);
}

/** Lower-case runs of letters and digits, after compatibility normalisation (NFKC). */
export function words(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** Hands over a text's n-grams: each adds +1 or −1 at one place. */
function eachGram(text: string, hashing: TextHashing, add: (place: number, sign: number) => void): void {
  const one = (gram: string, kind: number): void => {
    const h = hash(gram, kind, hashing.seed);
    // The sign is bit 31, the place comes from the 31 bits below it.
    add((h & 0x7fffffff) % hashing.width, h >>> 31 === 0 ? 1 : -1);
  };
  const tokens = words(text);
  for (let n = hashing.words[0]; n <= hashing.words[1]; n++) {
    for (let i = 0; i + n <= tokens.length; i++) one(tokens.slice(i, i + n).join(" "), 0);
  }
  for (const token of tokens) {
    const framed = ` ${token} `;
    for (let n = hashing.characters[0]; n <= hashing.characters[1]; n++) {
      for (let i = 0; i + n <= framed.length; i++) one(framed.slice(i, i + n), 1);
    }
  }
}

/**
 * Adds a text's n-grams to `into`: each one adds +1 or −1 at one place, both decided by its hash, so that
 * collisions cancel on average (Weinberger et al., 2009).
 *
 * @param into `hashing.width` zeros
 */
export const hashText = (text: string, hashing: TextHashing, into: Float32Array): void =>
  eachGram(text, hashing, (place, sign) => {
    into[place]! += sign;
  });

/**
 * What `hashText` adds up, without a pass over all places: of a request that is served, they would take longer than its
 * n-grams.
 *
 * @param counts `hashing.width` zeros, and zeros again afterwards
 */
export function hashEntries(text: string, hashing: TextHashing, counts: Float32Array): Entries {
  // A place whose count went back to 0 on the way is here more than once.
  const touched: number[] = [];
  eachGram(text, hashing, (place, sign) => {
    if (counts[place] === 0) touched.push(place);
    counts[place]! += sign;
  });
  const columns = new Int32Array(touched.length || 1);
  const values = new Float32Array(columns.length);
  let found = 0;
  for (const place of touched) {
    if (counts[place] === 0) continue;
    columns[found] = place;
    values[found++] = counts[place]!;
    counts[place] = 0;
  }
  const length = found || 1;
  return { columns: columns.subarray(0, length), values: values.subarray(0, length) };
}
