import { TributaryError } from "../core/errors.ts";
import { PACK, type PackKind, SCORE_BIAS, U_BIAS } from "../params/bits.ts";

/** What is added before a value is packed, so that every packed value is unsigned. */
const BIAS: Readonly<Record<PackKind, bigint>> = {
  u: BigInt(U_BIAS),
  score: BigInt(SCORE_BIAS),
  amount: 0n,
};

/** How many elements `pack` makes of `count` values. */
export const packedLength = (kind: PackKind, count: number): number =>
  Math.ceil(count / PACK[kind].perElement);

/**
 * pack(kind, values) of docs/encodings.md: value i of an element at bit i·bits, little-endian;
 * places that the last element has left over are 0 (not the bias).
 *
 * @param values signed integers for `u` and `score`, unsigned units for `amount`
 * @throws TRB_CORE_RANGE for a value that does not fit its place: packing it anyway would give two lists one encoding
 */
export function pack(kind: PackKind, values: ArrayLike<number | bigint>): bigint[] {
  const { perElement, bits } = PACK[kind];
  const limit = 1n << BigInt(bits);
  const elements = new Array<bigint>(packedLength(kind, values.length)).fill(0n);
  for (let i = 0; i < values.length; i++) {
    const place = BigInt(values[i]!) + BIAS[kind];
    if (place < 0n || place >= limit) {
      throw new TributaryError("TRB_CORE_RANGE", `a value does not fit the ${bits} bits of its place`, {
        details: `${kind} ${i}: ${values[i]}`,
      });
    }
    elements[Math.floor(i / perElement)]! |= place << BigInt((i % perElement) * bits);
  }
  return elements;
}

/** The inverse of `pack` for a list of `count` values. */
export function unpack(kind: PackKind, elements: readonly bigint[], count: number): bigint[] {
  const { perElement, bits } = PACK[kind];
  if (elements.length !== packedLength(kind, count)) {
    throw new TributaryError("TRB_CORE_RANGE", `${count} values do not make ${elements.length} elements`);
  }
  const mask = (1n << BigInt(bits)) - 1n;
  return Array.from(
    { length: count },
    (_, i) =>
      ((elements[Math.floor(i / perElement)]! >> BigInt((i % perElement) * bits)) & mask) - BIAS[kind],
  );
}
