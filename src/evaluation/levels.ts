/** Bits of an entry: 8 are what is proven. 1 is the sign. */
export const BIT_WIDTHS = [8, 6, 4, 2, 1] as const;

/** Entries of the largest size that keep their size; see `indexScale` of the attribution index. */
const CLIP_PERCENTILE = 99.9;

/**
 * Numbers in so many bits, as the index and the trace round theirs: to whole numbers in ±(2^(bits−1) − 1), halves up,
 * cut off beyond. With 1 bit: −1, 0 (of 0) and 1.
 *
 * @param limit the size that becomes the largest whole number
 */
export function toLevels(values: Float32Array | Float64Array, bits: number, limit: number): Float64Array {
  if (bits === 1) return Float64Array.from(values, Math.sign);
  const peak = 2 ** (bits - 1) - 1;
  const scale = limit > 0 ? peak / limit : 0;
  return Float64Array.from(values, (x) => Math.max(-peak, Math.min(peak, Math.round(x * scale))));
}

/** An index's limit: the percentile of the sizes that is not cut off, one for the whole index. */
export function indexLimit(values: Float32Array | Float64Array): number {
  const sizes = Float64Array.from(values, Math.abs)
    .filter((x) => x > 0)
    .sort();
  return sizes[Math.ceil((CLIP_PERCENTILE / 100) * sizes.length) - 1] ?? 0;
}

/** Traces have a scale each, which takes their largest entry to the end of the range. */
export function tracesToLevels(gradients: Float64Array, width: number, bits: number): Float64Array {
  const result = new Float64Array(gradients.length);
  for (let at = 0; at < gradients.length; at += width) {
    const one = gradients.subarray(at, at + width);
    const largest = one.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    result.set(toLevels(one, bits, largest), at);
  }
  return result;
}
