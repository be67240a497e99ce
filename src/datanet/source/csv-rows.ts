import { lineError } from "../errors.ts";
import type { Columns, Features, SourceRow } from "../types.ts";
import { type ColumnIndices, columnsFound, resolveColumns } from "./columns.ts";
import { type CsvRecord, csvRecords } from "./csv.ts";
import type { LineBlock } from "./lines.ts";
import { normaliseName, normaliseText, parseNumber } from "./normalise.ts";

/** Where the delimiter is not said: the first of these under which the first record has the columns that are asked for. */
const COMMA_FIRST = [",", "\t", ";", "|"];
/** A comma is common in a text, a tab is not: where a file's name does not speak for commas, tabs come first. */
const TAB_FIRST = ["\t", ",", ";", "|"];

function chooseDelimiter(columns: Columns, commaFirst: boolean) {
  return (split: (delimiter: string) => readonly string[]): string => {
    const tried = commaFirst ? COMMA_FIRST : TAB_FIRST;
    const found = tried.find((delimiter) => columnsFound(columns, split(delimiter)));
    // None has them: the error lists the columns of the one that makes most of them.
    return found ?? [...tried].sort((a, b) => split(b).length - split(a).length)[0]!;
  };
}

/** A record of a file of separated values with where its columns are. */
export interface PlacedRecord extends CsvRecord {
  readonly indices: ColumnIndices;
}

/**
 * The records of a file of separated values without its header.
 *
 * @param delimiter undefined: found by the first record
 * @throws TRB_DATANET_CSV_MALFORMED, TRB_DATANET_COLUMN_MISSING, TRB_DATANET_HEADER_DUPLICATE, TRB_DATANET_NAME_INVISIBLE
 */
export async function* placedRecords(
  blocks: AsyncIterable<LineBlock>,
  columns: Columns,
  {
    delimiter,
    quotes = true,
    commaFirst,
  }: { readonly delimiter?: string; readonly quotes?: boolean; readonly commaFirst: boolean },
): AsyncGenerator<PlacedRecord[]> {
  let indices: ColumnIndices | null = null;
  const dialect = { quotes, delimiter: delimiter ?? chooseDelimiter(columns, commaFirst) };
  for await (const records of csvRecords(blocks, dialect)) {
    let rows = records;
    if (indices === null && records[0] !== undefined) {
      indices = resolveColumns(columns, records[0]);
      if (indices.header) rows = records.slice(1);
    }
    yield rows.map(({ line, fields }) => ({ line, fields, indices: indices! }));
  }
}

function numbersOf(fields: readonly string[], places: readonly number[], line: number): Float64Array {
  const numbers = new Float64Array(places.length);
  for (let j = 0; j < places.length; j++) numbers[j] = parseNumber(fields[places[j]!]!, line, places[j]!);
  return numbers;
}

/** A row of a record. @throws TRB_DATANET_* */
export function csvRow({ line, fields, indices }: PlacedRecord, columns: Columns): SourceRow {
  if (fields.length !== indices.width) {
    const seen = `${fields.length} fields, not ${indices.width}`;
    const hint = "A field with the delimiter in it stands in quotes.";
    throw lineError("FIELD_COUNT", "A row has another number of fields than the first.", line, seen, hint);
  }
  const features: Features =
    columns.text === undefined
      ? numbersOf(fields, indices.features, line)
      : normaliseText(fields[indices.features[0]!], line);
  return {
    features,
    label: normaliseName(fields[indices.label], line, "label"),
    contributor:
      indices.contributor === null ? null : normaliseName(fields[indices.contributor], line, "contributor"),
    line,
  };
}
