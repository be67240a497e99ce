import type { Manifest } from "./manifest.ts";
import type { FileRow } from "./row-files.ts";
import type { Features } from "./types.ts";

/** Rows of numbers side by side. */
export interface NumberTable {
  /** n × width, row-major. */
  readonly values: Float64Array;
  readonly width: number;
}

/** Texts, or numbers in one array: a million rows as objects would take twice the memory of their numbers. */
export type FeatureTable = readonly string[] | NumberTable;

/** Rows of a DataNet in columns, without what only the file needs (leaf, line, version). */
export interface RowTable {
  readonly features: FeatureTable;
  /** Indices into the DataNet's labels. */
  readonly labels: Uint32Array;
  readonly positions: Uint32Array;
}

export const isNumbers = (features: readonly Features[] | NumberTable): features is NumberTable =>
  "width" in features;

/** Rows of one width side by side. */
export function tableOfNumbers(rows: readonly Float64Array[]): NumberTable {
  const width = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(row, i * width);
  });
  return { values, width };
}

/** Features of rows [from, to), which share their memory with the table. */
export function featuresBetween(features: FeatureTable, from: number, to: number): Features[] {
  if (!isNumbers(features)) return features.slice(from, to);
  return Array.from({ length: to - from }, (_, i) => rowOf(features, from + i));
}

/** Features of the rows listed, in the list's order. */
export const featuresAt = (features: FeatureTable, rows: Uint32Array): Features[] =>
  Array.from(rows, (row) => (isNumbers(features) ? rowOf(features, row) : features[row]!));

const rowOf = ({ values, width }: NumberTable, row: number): Float64Array =>
  values.subarray(row * width, (row + 1) * width);

/** The first n rows. */
export const firstRows = ({ features, labels, positions }: RowTable, n: number): RowTable => ({
  features: isNumbers(features)
    ? { values: features.values.subarray(0, n * features.width), width: features.width }
    : features.slice(0, n),
  labels: labels.subarray(0, n),
  positions: positions.subarray(0, n),
});

/** Puts rows of a file side by side. @param rows as many as the manifest's newest version has, or an error on the way */
export function tableOf(rows: Iterable<FileRow>, { versions, dimension }: Manifest): RowTable {
  const count = versions.at(-1)!.rows;
  const labels = new Uint32Array(count);
  const positions = new Uint32Array(count);
  const texts: string[] = [];
  const numbers = { values: new Float64Array(count * (dimension ?? 0)), width: dimension ?? 0 };
  let i = 0;
  for (const { features, label, position } of rows) {
    labels[i] = label;
    positions[i] = position;
    if (typeof features === "string") texts.push(features);
    else numbers.values.set(features, i * numbers.width);
    i++;
  }
  return { features: dimension === null ? texts : numbers, labels, positions };
}
