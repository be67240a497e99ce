import { PHI_MAX } from "../params/bits.ts";

/**
 * One factor for the whole index: it takes the given percentile of the entries' sizes to PHI_MAX. A factor for
 * each row would turn influence into cosine similarity.
 *
 * @param sums positions × k; rows of zeros (positions without data) do not count
 * @returns 0 where all entries are 0
 */
export function indexScale(sums: Float64Array, width: number, percentile: number): number {
  const sizes: number[] = [];
  for (let at = 0; at < sums.length; at += width) {
    const row = sums.subarray(at, at + width);
    if (row.some((x) => x !== 0)) for (const x of row) sizes.push(Math.abs(x));
  }
  sizes.sort((a, b) => a - b);
  const limit = sizes[Math.ceil((percentile / 100) * sizes.length) - 1] ?? 0;
  return limit > 0 ? PHI_MAX / limit : 0;
}

/** round(x·scale) cut off at ±PHI_MAX; halves go up, as Math.round does. */
export function quantiseIndex(sums: Float64Array, scale: number): Int8Array {
  const cut = (x: number): number => Math.max(-PHI_MAX, Math.min(PHI_MAX, Math.round(x * scale)));
  return Int8Array.from(sums, cut);
}
