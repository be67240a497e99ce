import { SHIFT } from "../../params/bits.ts";

const DIGITS = 4;

/** The first decimals of a numerator below one unit, cut off: they follow an amount's own nine. 2^-32 units per one. */
export function fractionDigits(numerator: bigint): string {
  const mask = (1n << BigInt(SHIFT)) - 1n;
  return (((numerator & mask) * 10n ** BigInt(DIGITS)) >> BigInt(SHIFT)).toString().padStart(DIGITS, "0");
}
