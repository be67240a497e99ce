import { TributaryError } from "../../core/errors.ts";
import { BadRows } from "../bad-rows.ts";
import { lineError } from "../errors.ts";
import { labelUnknown } from "../held-out.ts";
import type { BadRow, SourceOptions, SourceRow } from "../types.ts";
import { type ByteSource, openBytes } from "./bytes.ts";
import type { Candidate } from "./candidate.ts";
import { kindOf } from "./columns.ts";
import { csvRow, placedRecords } from "./csv-rows.ts";
import { formatOf, isCsvName, isParquet, refuseOthers } from "./format.ts";
import { arrayElements } from "./json-array.ts";
import { jsonLines, jsonRow } from "./json-rows.ts";
import { linesOf } from "./lines.ts";
import { parquetRows } from "./parquet-rows.ts";
import { textOf } from "./text.ts";

async function* candidatesOf<R extends { readonly line: number }>(
  batches: AsyncIterable<readonly R[]>,
  row: (record: R) => SourceRow,
  raw: (record: R) => BadRow["row"],
): AsyncGenerator<Candidate[]> {
  for await (const records of batches) {
    yield records.map((record) => ({
      line: record.line,
      row: () => row(record),
      raw: () => raw(record),
    }));
  }
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

async function* textRows(source: ByteSource, options: SourceOptions): AsyncGenerator<Candidate[]> {
  const { file, columns, format, dialect = {} } = options;
  const parts = textOf(source.head, source.chunks(), dialect.encoding);
  const { value: beginning = "" } = await parts.next();
  const chunks = withFirst(beginning, parts);
  const found = format ?? (dialect.delimiter === undefined ? formatOf(file, beginning) : "csv");
  if (found === "csv") {
    const { delimiter, quotes = true } = dialect;
    const setting = {
      quotes,
      commaFirst: isCsvName(file),
      ...(delimiter === undefined ? {} : { delimiter }),
    };
    const records = placedRecords(linesOf(chunks), columns, setting);
    yield* candidatesOf(
      records,
      (record) => csvRow(record, columns),
      ({ fields }) => fields,
    );
  } else {
    const texts = found === "json" ? arrayElements(chunks) : jsonLines(linesOf(chunks));
    yield* candidatesOf(
      texts,
      (json) => jsonRow(json, columns),
      ({ text }) => text,
    );
  }
}

async function* candidates(options: SourceOptions): AsyncGenerator<Candidate[]> {
  const { file, onProgress, format } = options;
  const source = await openBytes(file, onProgress);
  try {
    refuseOthers(file, source.head);
    if (format === "parquet" || (format === undefined && isParquet(source.head))) yield* parquetRows(options);
    else yield* textRows(source, options);
  } finally {
    await source.close();
  }
}

/** What is known of a file's rows before they are read. */
export interface Expected {
  /** Numbers that every row must have; null: as many as the first. */
  readonly dimension: number | null;
  /** Labels that a row may have; null: any. */
  readonly labels: ReadonlySet<string> | null;
}

/** Looks at one row after another. */
function rowCheck({ dimension, labels }: Expected): (candidate: Candidate) => SourceRow {
  let expected = dimension;
  return (candidate) => {
    const row = candidate.row();
    const { features, label, line } = row;
    if (typeof features !== "string") {
      const { length } = features;
      if (length !== (expected ?? length) || length === 0) {
        const seen = `${length} numbers, not ${expected ?? "at least one"}`;
        throw lineError("FEATURE_COUNT", "A row has the wrong number of features.", line, seen);
      }
      expected = length;
    }
    if (labels !== null && !labels.has(label)) throw labelUnknown(label, line);
    return row;
  };
}

/**
 * The rows of a file, normalised, in the file's order, some at a time.
 *
 * @throws TRB_DATANET_* where the file cannot be read, or has bad rows that nobody takes: then nothing is to be taken of it
 */
export async function* sourceRows(options: SourceOptions, expected: Expected): AsyncGenerator<SourceRow[]> {
  kindOf(options.columns);
  const bad = new BadRows(options);
  const check = rowCheck(expected);
  let good = 0;
  for await (const batch of candidates(options)) {
    const rows: SourceRow[] = [];
    for (const candidate of batch) {
      try {
        rows.push(check(candidate));
      } catch (error) {
        if (!(error instanceof TributaryError)) throw error;
        // A column that the first row has not got was named wrongly: no row would be right.
        if (error.code === "TRB_DATANET_COLUMN_MISSING" && good + rows.length + bad.count === 0) throw error;
        bad.add(error, candidate.line, candidate.raw());
      }
    }
    good += rows.length;
    yield rows;
  }
  bad.end();
}
