import Papa from "papaparse";
import { lineError } from "../errors.ts";
import { type LineBlock, MAX_LINE_LENGTH } from "./lines.ts";

/** One record of a file of separated values, and the line where it starts, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** How values are separated. */
export interface CsvDialect {
  /** One character; or what chooses it, given the first record as each of some characters would separate it. */
  readonly delimiter: string | ((split: (delimiter: string) => readonly string[]) => string);
  /** Whether a field may stand in double quotes. Without, a quote is a character like others, and a record is a line. */
  readonly quotes?: boolean;
}

const count = (text: string, character: string): number => {
  let n = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n++;
  return n;
};

const OPTIONS = { newline: "\n", quoteChar: '"' } as const;

function parse(text: string, first: number, delimiter: string): CsvRecord[] {
  const { data, errors } = Papa.parse<string[]>(text, { ...OPTIONS, delimiter });
  let line = first;
  const records = data.map((fields) => {
    const record = { line, fields };
    line += 1 + fields.reduce((n, field) => n + count(field, "\n"), 0);
    return record;
  });
  const error = errors[0];
  if (error !== undefined) throw malformed(records[error.row ?? 0]?.line ?? first, error.message);
  return records;
}

const malformed = (line: number, seen: string): Error =>
  lineError(
    "CSV_MALFORMED",
    "The file is not well-formed CSV.",
    line,
    seen,
    'A field with delimiters, quotes or line breaks stands in quotes; a quote inside is doubled: "". Where quotes mean nothing: --no-quotes.',
  );

const splitLines = (text: string, first: number, delimiter: string): CsvRecord[] =>
  text.split("\n").map((line, i) => ({ line: first + i, fields: line.split(delimiter) }));

const isBlank = ({ fields }: CsvRecord): boolean => fields.length === 1 && fields[0]!.trim() === "";

/**
 * The records of a file of separated values (RFC 4180, with another delimiter where need be; LF or CRLF, mixed as they come); blank
 * lines are left out.
 *
 * A record ends at a line end with an even number of quotes before it, so whole records are cut off the stream
 * without parsing, and papaparse gets many at once.
 *
 * @throws TRB_DATANET_CSV_MALFORMED
 */
export async function* csvRecords(
  blocks: AsyncIterable<LineBlock>,
  { delimiter: given, quotes: quoted = true }: CsvDialect = { delimiter: "," },
): AsyncGenerator<CsvRecord[]> {
  let pending: string[] = [];
  let first = 1;
  let quotes = 0;
  let delimiter = typeof given === "string" ? given : undefined;
  const recordsOf = (lines: readonly string[]): CsvRecord[] => {
    const text = lines.join("\n");
    if (delimiter === undefined && typeof given === "function") {
      delimiter = given((tried) => {
        const preview = { ...OPTIONS, delimiter: tried, preview: 1, skipEmptyLines: true };
        return Papa.parse<string[]>(text, preview).data[0] ?? [];
      });
    }
    const records = quoted ? parse(text, first, delimiter ?? ",") : splitLines(text, first, delimiter ?? ",");
    return records.filter((record) => !isBlank(record));
  };
  for await (const block of blocks) {
    let complete = 0;
    for (const line of block.lines) {
      if (quoted) quotes += count(line, '"');
      const ends = quotes % 2 === 0;
      pending.push(ends && line.endsWith("\r") ? line.slice(0, -1) : line);
      if (ends) complete = pending.length;
    }
    if (complete === 0) {
      // A quote that nobody closes would bring the whole file into memory.
      const length = pending.reduce((sum, line) => sum + line.length, 0);
      if (length > MAX_LINE_LENGTH) throw malformed(first, "a quote is not closed");
      continue;
    }
    yield recordsOf(pending.slice(0, complete));
    pending = pending.slice(complete);
    first += complete;
  }
  if (pending.length > 0) yield recordsOf(pending);
}
