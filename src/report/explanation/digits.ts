import { SHIFT } from "../../params/bits.ts";
import { amount } from "../format.ts";
import { html, type Markup } from "../markup.ts";

const DIGITS = 4;

/** An amount of 2^-32 units in OPEN, with decimals below its own nine: money that adds up to the last of them. */
export function exactAmount(numerator: bigint): Markup {
  const size = numerator < 0n ? -numerator : numerator;
  const units = size >> BigInt(SHIFT);
  return html`<span class="money">${numerator < 0n && "−"}${amount(units)}<small>${fractionDigits(size)}</small></span>`;
}

/** The first decimals of a numerator below one unit, cut off: they follow an amount's own nine. 2^-32 units per one. */
export function fractionDigits(numerator: bigint): string {
  const mask = (1n << BigInt(SHIFT)) - 1n;
  return (((numerator & mask) * 10n ** BigInt(DIGITS)) >> BigInt(SHIFT)).toString().padStart(DIGITS, "0");
}
