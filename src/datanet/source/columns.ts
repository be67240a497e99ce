import { dataNetError, lineError } from "../errors.ts";
import { visible } from "../invisible.ts";
import type { Columns, FeatureKind } from "../types.ts";
import type { CsvRecord } from "./csv.ts";
import { requireVisible } from "./normalise.ts";

const RANGE = /^(\d+)-(\d+)$/;
const NUMBER = /^\d+$/;
const MAX_COLUMNS = 100_000;

/**
 * A list of columns: names or numbers (from 0) separated by commas, `a-b` for the numbers a to b.
 *
 * @example parseColumns("0-2,7") // ["0", "1", "2", "7"]
 * @throws TRB_DATANET_COLUMNS_INVALID
 */
export function parseColumns(list: string): string[] {
  const columns = list.split(",").flatMap((part) => {
    const name = part.trim();
    const range = RANGE.exec(name);
    if (range === null) return [name];
    const from = Number(range[1]);
    const to = Number(range[2]);
    if (to < from || to - from >= MAX_COLUMNS) throw invalid(list, "a range a-b has a ≤ b");
    return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  });
  if (columns.includes("")) throw invalid(list, "a name is empty");
  if (new Set(columns).size < columns.length) throw invalid(list, "a column occurs twice");
  return columns;
}

const invalid = (list: string, why: string): Error =>
  dataNetError("COLUMNS_INVALID", "The list of columns cannot be read.", {
    details: `${list}: ${why}`,
    hint: "Write it like 0-63 or width,height,depth.",
  });

/** Which kind of rows the columns describe. @throws TRB_DATANET_COLUMNS_INVALID */
export function kindOf({ text, features }: Columns): FeatureKind {
  if ((text === undefined) === (features === undefined) || features?.length === 0) {
    throw dataNetError("COLUMNS_INVALID", "Rows have either one text column or columns of numbers.", {
      details: text === undefined ? "neither was given" : "both were given",
      hint: "Give --text COLUMN or --features COLUMNS.",
    });
  }
  return text === undefined ? "numeric" : "text";
}

/** Indices into a CSV record. */
export interface ColumnIndices {
  readonly features: readonly number[];
  readonly label: number;
  readonly contributor: number | null;
  /** Fields of every record. */
  readonly width: number;
  /** Whether the first record is a header. */
  readonly header: boolean;
}

const allNames = ({ text, features, label, contributor }: Columns): string[] => [
  ...(features ?? [text!]),
  label,
  ...(contributor === undefined ? [] : [contributor]),
];

function hasHeader(columns: Columns, { fields }: CsvRecord): boolean {
  if (columns.header !== undefined) return columns.header;
  if (allNames(columns).some((name) => !NUMBER.test(name))) return true;
  // One number among them makes it a row, so that a damaged first row is an error and not a header.
  return columns.features?.every((i) => Number.isNaN(Number(fields[Number(i)] || "gap"))) ?? false;
}

/** @throws TRB_DATANET_HEADER_DUPLICATE, TRB_DATANET_NAME_INVISIBLE */
export function checkNames(names: readonly string[], line: number): void {
  const seen = new Set<string>();
  for (const name of names) {
    requireVisible(name, line, "column's name");
    if (name !== "" && seen.has(name)) {
      const hint = "Rename one of the columns.";
      throw lineError("HEADER_DUPLICATE", "The header names a column twice.", line, name, hint);
    }
    seen.add(name);
  }
}

const plain = (name: string): string => name.normalize("NFC").trim();

/** The place of a column by its name, or by its number where none is named so; −1 where there is none. */
export function placeOf(name: string, names: readonly string[], width: number): number {
  const named = names.indexOf(plain(name));
  return named < 0 && NUMBER.test(name) && Number(name) < width ? Number(name) : named;
}

/** Whether a first record has all columns. */
export function columnsFound(columns: Columns, fields: readonly string[]): boolean {
  const names = fields.map(plain);
  return allNames(columns).every((name) => placeOf(name, names, fields.length) >= 0);
}

/**
 * Finds the columns by the first record of a CSV file.
 *
 * @throws TRB_DATANET_COLUMN_MISSING, TRB_DATANET_HEADER_DUPLICATE, TRB_DATANET_NAME_INVISIBLE
 */
export function resolveColumns(columns: Columns, first: CsvRecord): ColumnIndices {
  const header = hasHeader(columns, first);
  const names = header ? first.fields.map(plain) : [];
  checkNames(names, first.line);
  const find = (name: string): number => {
    const place = placeOf(name, names, first.fields.length);
    if (place >= 0) return place;
    throw columnMissing(name, first.line, header ? names : first.fields.map((_, i) => String(i)));
  };
  return {
    features: (columns.features ?? [columns.text!]).map(find),
    label: find(columns.label),
    contributor: columns.contributor === undefined ? null : find(columns.contributor),
    width: first.fields.length,
    header,
  };
}

/** A column that was asked for is not there. @param present the names that are */
export function columnMissing(name: string, line: number, present: readonly string[]): Error {
  const list = visible(`${present.slice(0, 20).join(", ")}${present.length > 20 ? ", …" : ""}`);
  const other = "Columns that are not separated by commas, tabs, semicolons or bars need --delimiter.";
  const hint = `There are: ${list}.${present.length === 1 ? ` ${other}` : ""}`;
  return lineError("COLUMN_MISSING", "A column is missing.", line, `no column ${visible(name)}`, hint);
}
