const SCALAR_BITS = 254;

/** Windows of a scalar; one bit more than it has, for the last one's carry. */
export const windowCount = (bits: number): number => Math.ceil((SCALAR_BITS + 1) / bits);

/**
 * Signed digits: scalar = Σ digit_window·2^(bits·window), each in (−2^(bits−1), 2^(bits−1)].
 *
 * @param scalars plain little-endian, 32 bytes each, below r
 * @returns row after row, the windows of a scalar
 */
export function signedDigits(scalars: Uint8Array, bits: number): Int32Array {
  const windows = windowCount(bits);
  const words = new Uint32Array(scalars.slice().buffer);
  const digits = new Int32Array((words.length / 8) * windows);
  const full = 2 ** bits;
  for (let first = 0, at = 0; first < words.length; first += 8) {
    let carry = 0;
    for (let window = 0; window < windows; window++) {
      const bit = window * bits;
      const word = bit >>> 5;
      const shift = bit & 31;
      const low = word < 8 ? words[first + word]! >>> shift : 0;
      const high = shift + bits > 32 && word < 7 ? words[first + word + 1]! << (32 - shift) : 0;
      const value = ((low | high) & (full - 1)) + carry;
      carry = value > full / 2 ? 1 : 0;
      digits[at++] = value - carry * full;
    }
  }
  return digits;
}
