import { WEI_PER_UNIT } from "../params/bits.ts";
import { html, type Markup } from "./markup.ts";

/** One OPEN is 10^18 wei. */
export const UNITS_PER_OPEN = 10n ** 18n / WEI_PER_UNIT;
/** Decimals that a unit has in OPEN: nothing finer is ever paid, so this many digits are exact. */
const DECIMALS = UNITS_PER_OPEN.toString().length - 1;
const LEADING_DECIMALS = 3;

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** Units (decimal digits, as in the report) in OPEN with all nine decimals: "1,234.500000000". Exact: no floating point. */
export function openDigits(units: string | bigint): string {
  const amount = BigInt(units);
  const sign = amount < 0n ? "−" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, "0");
  return `${sign}${grouped(digits.slice(0, -DECIMALS))}.${digits.slice(-DECIMALS)}`;
}

/** The same for running text: trailing zeros cut, two decimals kept, with the token's name. */
export const openText = (units: string | bigint): string =>
  `${openDigits(units).replace(/(\.\d{2}\d*?)0+$/, "$1")} OPEN`;

/** An amount for people and for programs: all digits are there, the small ones quieter; `value` holds the units. */
export function amount(units: string | bigint): Markup {
  const digits = openDigits(units);
  const cut = digits.length - DECIMALS + LEADING_DECIMALS;
  return html`<data class="amount" value="${BigInt(units)}">${digits.slice(0, cut)}<span>${digits.slice(cut)}</span></data>`;
}

/** No line ends between a number and its sign. */
const PER_CENT = "\u00a0%";

/** part / whole in per cent with one decimal, rounded half up in integers; 0 where the whole is 0. */
export function percentOf(part: string | bigint, whole: string | bigint): string {
  const [numerator, denominator] = [BigInt(part), BigInt(whole)];
  if (denominator === 0n) return `0.0${PER_CENT}`;
  const perMille = (numerator * 2000n + denominator) / (2n * denominator);
  if (perMille === 0n && numerator > 0n) return `<\u00a00.1${PER_CENT}`;
  return `${perMille / 10n}.${perMille % 10n}${PER_CENT}`;
}

/** part / whole for the length of a bar: a drawing, not a figure. */
export const ratio = (part: string | bigint, whole: string | bigint): number =>
  BigInt(whole) === 0n ? 0 : Number((BigInt(part) * 1_000_000n) / BigInt(whole)) / 1_000_000;

/** A probability or an accuracy in [0, 1]. */
export const percent = (fraction: number, decimals = 1): string =>
  `${(fraction * 100).toFixed(decimals)}${PER_CENT}`;

/** A count or a gas figure with thousands grouped; digits in, so that gas beyond 2^53 stays exact. */
export const integer = (value: number | string | bigint): string => grouped(String(value));

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const STEP = 1024;
export function size(bytes: number): string {
  if (bytes < STEP) return `${bytes} B`;
  if (bytes < STEP ** 2) return `${(bytes / STEP).toFixed(1)} KiB`;
  if (bytes < STEP ** 3) return `${(bytes / STEP ** 2).toFixed(0)} MiB`;
  return `${(bytes / STEP ** 3).toFixed(2)} GiB`;
}

/** "1 row", "12 rows". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${integer(value)} ${value === 1 ? one : many}`;

/** The ends of a long hexadecimal value; the whole stands in the title. */
export const shortHex = (hex: string): Markup =>
  hex.length <= 14
    ? html`<code>${hex}</code>`
    : html`<code title="${hex}">${hex.slice(0, 8)}…${hex.slice(-4)}</code>`;

/** Number of a coordinate in SVG: two decimals are a fiftieth of a pixel. */
export const coordinate = (value: number): string => String(Math.round(value * 100) / 100);
