import { type ColumnIndices, columnMissing, kindOf, resolveColumns } from "./columns.ts";
import { type CsvRecord, csvRecords } from "./csv.ts";
import { lineError } from "./errors.ts";
import { type JsonRecord, jsonRecords } from "./jsonl.ts";
import { readLines } from "./lines.ts";
import { normaliseName, normaliseNumber, normaliseText, parseNumber } from "./normalise.ts";
import type { Columns, Features, SourceOptions, SourceRow } from "./types.ts";

function csvNumbers(fields: readonly string[], places: readonly number[], line: number): Float64Array {
  const numbers = new Float64Array(places.length);
  for (let j = 0; j < places.length; j++) numbers[j] = parseNumber(fields[places[j]!]!, line, places[j]!);
  return numbers;
}

function csvRow({ line, fields }: CsvRecord, indices: ColumnIndices, text: boolean): SourceRow {
  if (fields.length !== indices.width) {
    const seen = `${fields.length} fields, not ${indices.width}`;
    const hint = "A field with a comma in it stands in quotes.";
    throw lineError("FIELD_COUNT", "A row has another number of fields than the first.", line, seen, hint);
  }
  const features: Features = text
    ? normaliseText(fields[indices.features[0]!], line)
    : csvNumbers(fields, indices.features, line);
  return {
    features,
    label: normaliseName(fields[indices.label], line, "label"),
    contributor:
      indices.contributor === null ? null : normaliseName(fields[indices.contributor], line, "contributor"),
    line,
  };
}

function fieldOf({ line, object }: JsonRecord, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  throw columnMissing(key, line, Object.keys(object));
}

function jsonNumbers({ line, object }: JsonRecord, keys: readonly string[]): Float64Array {
  const numbers = keys.flatMap((key) => {
    const value = fieldOf({ line, object }, key);
    const list: unknown[] = Array.isArray(value) ? value : [value];
    return list.map((entry) => normaliseNumber(entry, line, key));
  });
  return Float64Array.from(numbers);
}

function jsonRow(record: JsonRecord, columns: Columns): SourceRow {
  const { line } = record;
  return {
    features:
      columns.features === undefined
        ? normaliseText(fieldOf(record, columns.text!), line)
        : jsonNumbers(record, columns.features),
    label: normaliseName(fieldOf(record, columns.label), line, "label"),
    contributor:
      columns.contributor === undefined
        ? null
        : normaliseName(fieldOf(record, columns.contributor), line, "contributor"),
    line,
  };
}

async function* rowsOf({ file, format, columns, onProgress }: SourceOptions): AsyncGenerator<SourceRow[]> {
  const lines = readLines(file, onProgress);
  if ((format ?? (/\.(jsonl|ndjson)$/i.test(file) ? "jsonl" : "csv")) === "jsonl") {
    for await (const records of jsonRecords(lines)) yield records.map((record) => jsonRow(record, columns));
    return;
  }
  let indices: ColumnIndices | null = null;
  for await (const records of csvRecords(lines)) {
    let rows = records;
    if (indices === null && records[0] !== undefined) {
      indices = resolveColumns(columns, records[0]);
      if (indices.header) rows = records.slice(1);
    }
    yield rows.map((record) => csvRow(record, indices!, columns.text !== undefined));
  }
}

/**
 * The rows of a CSV or JSON lines file, normalised, in the file's order, some at a time.
 *
 * @param dimension numbers that every row must have; null: as many as the first
 * @throws TRB_DATANET_* of the first line that is wrong; nothing is to be taken of such a file
 */
export async function* sourceRows(
  options: SourceOptions,
  dimension: number | null,
): AsyncGenerator<SourceRow[]> {
  kindOf(options.columns);
  let expected = dimension;
  for await (const rows of rowsOf(options)) {
    for (const { features, line } of rows) {
      if (typeof features === "string") continue;
      const { length } = features;
      expected ??= length;
      if (length !== expected || length === 0) {
        const seen = `${length} numbers, not ${expected || "at least one"}`;
        throw lineError("FEATURE_COUNT", "A row has the wrong number of features.", line, seen);
      }
    }
    yield rows;
  }
}
