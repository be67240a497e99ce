import { type DecodedArray, type ParquetScan, parquetScan } from "hyparquet";
import { lineError } from "../errors.ts";
import type { SourceOptions, SourceRow } from "../types.ts";
import type { Candidate } from "./candidate.ts";
import { normaliseName, normaliseNumber, normaliseText } from "./normalise.ts";
import { type ParquetColumn, type ParquetColumns, resolveParquet } from "./parquet-columns.ts";
import { openParquet, type ParquetFile, parquetError } from "./parquet-file.ts";
import { COMPRESSORS, checkPages } from "./parquet-pages.ts";

/**
 * Values that are held at a time, and rows at most: a row group may have millions. What is before a window is passed over page by page,
 * but its bytes are read again, so that windows are not small.
 */
const WINDOW_VALUES = 1 << 22;
const WINDOW_ROWS = 1 << 18;
/** Rows that are objects at a time. */
const BATCH = 1024;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** hyparquet's own decoder puts replacement characters for what is not UTF-8: two names would become one. */
const PARSERS = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && strict.decode(bytes) };

/** Values of the rows [rowStart, …) by the names of their columns. */
type Values = ReadonlyMap<string, DecodedArray>;

async function readWindow(
  scan: ParquetScan,
  names: Iterable<string>,
  rowStart: number,
  rowEnd: number,
): Promise<Values> {
  const values = new Map<string, DecodedArray>();
  // One after the other: a column's bytes need not lie in memory beside all others.
  for (const column of names) {
    const data = await scan.readColumn({ column, rowStart, rowEnd });
    if (data.length !== rowEnd - rowStart)
      throw new RangeError(`column ${column} is shorter than the file says`);
    values.set(column, data);
  }
  return values;
}

/** The name of a class, as `datasets` numbers them; −1 is its mark for a row without a label. */
function nameOf(column: ParquetColumn, value: unknown, line: number, what: "label" | "contributor"): string {
  const { classes } = column;
  if (classes === null || value === null || value === undefined) return normaliseName(value, line, what);
  const name = classes[Number(value)];
  if (name !== undefined || Number(value) === -1) return normaliseName(name, line, what);
  const seen = `class ${value} of ${classes.length}`;
  throw lineError("NAME_INVALID", `The ${what} is none of the classes that the file names.`, line, seen);
}

function numbersOf(columns: readonly ParquetColumn[], values: Values, i: number, line: number): Float64Array {
  const single = new Float64Array(columns.length);
  let lists: number[] | undefined;
  columns.forEach(({ name }, j) => {
    const value: unknown = values.get(name)![i];
    if (!Array.isArray(value)) {
      single[j] = normaliseNumber(value, line, name);
      lists?.push(single[j]!);
    } else {
      // Lists are rare; without one the row is its numbers as they stand.
      lists ??= Array.from(single.subarray(0, j));
      for (const entry of value) lists.push(normaliseNumber(entry, line, name));
    }
  });
  return lists === undefined ? single : Float64Array.from(lists);
}

function rowOf(columns: ParquetColumns, text: boolean, values: Values, i: number, line: number): SourceRow {
  const { features, label, contributor } = columns;
  const at = ({ name }: ParquetColumn): unknown => values.get(name)![i];
  return {
    features: text ? normaliseText(at(features[0]!), line) : numbersOf(features, values, i, line),
    label: nameOf(label, at(label), line, "label"),
    contributor: contributor === null ? null : nameOf(contributor, at(contributor), line, "contributor"),
    line,
  };
}

async function* windows(
  { buffer, metadata }: ParquetFile,
  columns: ParquetColumns,
): AsyncGenerator<{ readonly rowStart: number; readonly count: number; readonly values: Values }> {
  const { features, label, contributor } = columns;
  const names = new Set(
    [...features, label, ...(contributor === null ? [] : [contributor])].map(({ name }) => name),
  );
  const options = { file: buffer, metadata, columns: [...names], utf8: false, geoparquet: false };
  const scan = await parquetScan({ ...options, compressors: COMPRESSORS, parsers: PARSERS });
  const window = Math.max(1, Math.min(WINDOW_ROWS, Math.floor(WINDOW_VALUES / names.size)));
  const groups = metadata.row_groups.filter((group) => group.num_rows > 0n);
  for (const [i, range] of scan.ranges.entries()) {
    for (const { meta_data: column } of groups[i]?.columns ?? []) {
      if (column !== undefined && names.has(column.path_in_schema[0]!)) await checkPages(buffer, column);
    }
    for (let rowStart = range.rowStart; rowStart < range.rowEnd; rowStart += window) {
      const rowEnd = Math.min(rowStart + window, range.rowEnd);
      yield { rowStart, count: rowEnd - rowStart, values: await readWindow(scan, names, rowStart, rowEnd) };
    }
  }
}

/**
 * The rows of a Parquet file, a window of them at a time; a row's line is its number, from 1.
 *
 * @throws TRB_DATANET_PARQUET_MALFORMED, and as `resolveParquet`
 */
export async function* parquetRows({
  file,
  columns,
  onProgress,
}: SourceOptions): AsyncGenerator<Candidate[]> {
  const opened = await openParquet(file);
  try {
    const found = resolveParquet(opened.metadata, columns);
    const total = Number(opened.metadata.num_rows);
    for await (const { rowStart, count, values } of windows(opened, found)) {
      for (let from = 0; from < count; from += BATCH) {
        yield Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => {
          const line = rowStart + from + i + 1;
          const row = () => rowOf(found, columns.text !== undefined, values, from + i, line);
          return { line, row, raw: () => null };
        });
      }
      onProgress?.({ stage: "read", done: rowStart + count, total });
    }
  } catch (error) {
    throw parquetError(file, error);
  } finally {
    await opened.close();
  }
}
