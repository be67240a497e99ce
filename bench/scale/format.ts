import type { Sample } from "./statistics.ts";

const NUMBER = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export const whole = (value: number): string => WHOLE.format(value);

/** Milliseconds, as people read them. */
export const time = (milliseconds: number): string =>
  milliseconds < 1000 ? `${NUMBER.format(milliseconds)} ms` : `${NUMBER.format(milliseconds / 1000)} s`;

/** The median, and where there are several runs the least and the most. */
export const timeOf = ({ median, least, most, runs }: Sample): string =>
  runs === 1 ? `${time(median)} (one run)` : `${time(median)} (${time(least)} – ${time(most)})`;

export const gigabytes = (bytes: number | undefined): string =>
  bytes === undefined ? "not measured" : `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/** a : b as "1/8.3" where a is the smaller one. */
export const ratio = (a: number, b: number): string =>
  a <= b ? `1/${NUMBER.format(b / a)}` : `${NUMBER.format(a / b)} ×`;

/** Columns side by side, the first one flush left, the others flush right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  const [head, ...body] = rows;
  return [line(head!), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line)].join("\n");
}
