import { SCALAR_BYTES } from "../../crypto/kzg/curve.ts";

const WORDS = SCALAR_BYTES / 8;
const POINT_WORDS = 8;

/** Scalars of a second list without those that the first one has in the same place. */
export interface SharedScalars {
  /** The second list with zeros in those places. */
  readonly scalars: Uint8Array;
  /** Copies the first list's points of G1 to those places of the second one's. */
  fill(first: Uint8Array, second: Uint8Array): void;
}

const words = (bytes: Uint8Array): BigUint64Array =>
  new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);

/**
 * A range check's bits stand with the same coefficients in both factors of their constraints, so that for two wires of three
 * u_i(τ) = v_i(τ): their points in B₁ are those in A.
 *
 * @param first n scalars of 32 bytes, aligned to 8
 * @param second n scalars
 */
export function shareScalars(first: Uint8Array, second: Uint8Array): SharedScalars {
  const scalars = second.slice();
  const [a, b] = [words(first), words(scalars)];
  const shared: number[] = [];
  for (let i = 0; i < a.length; i += WORDS) {
    if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2] || a[i + 3] !== b[i + 3]) continue;
    shared.push(i / WORDS);
    b.fill(0n, i, i + WORDS);
  }
  return {
    scalars,
    fill(from, to) {
      const [source, target] = [words(from), words(to)];
      for (const i of shared) {
        target.set(source.subarray(i * POINT_WORDS, (i + 1) * POINT_WORDS), i * POINT_WORDS);
      }
    },
  };
}
