import Papa from "papaparse";
import { lineError } from "./errors.ts";
import type { LineBlock } from "./lines.ts";

/** One record of a CSV file and the line where it starts, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

const count = (text: string, character: string): number => {
  let n = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n++;
  return n;
};

function parse(text: string, first: number): CsvRecord[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ",", newline: "\n", quoteChar: '"' });
  let line = first;
  const records = data.map((fields) => {
    const record = { line, fields };
    line += 1 + fields.reduce((n, field) => n + count(field, "\n"), 0);
    return record;
  });
  const error = errors[0];
  if (error !== undefined) {
    const at = records[error.row ?? 0]?.line ?? first;
    const hint =
      'A field with commas, quotes or line breaks stands in quotes; a quote inside is doubled: "".';
    throw lineError("CSV_MALFORMED", "The file is not well-formed CSV.", at, error.message, hint);
  }
  return records.filter(({ fields }) => fields.length > 1 || fields[0]!.trim() !== "");
}

/**
 * The records of a CSV file (RFC 4180; LF or CRLF, mixed if need be); blank lines are left out.
 *
 * A record ends at a line end with an even number of quotes before it, so whole records are cut off the stream
 * without parsing, and papaparse gets many at once.
 *
 * @throws TRB_DATANET_CSV_MALFORMED
 */
export async function* csvRecords(blocks: AsyncIterable<LineBlock>): AsyncGenerator<CsvRecord[]> {
  let pending: string[] = [];
  let first = 1;
  let quotes = 0;
  for await (const block of blocks) {
    let complete = 0;
    for (const line of block.lines) {
      quotes += count(line, '"');
      const ends = quotes % 2 === 0;
      pending.push(ends && line.endsWith("\r") ? line.slice(0, -1) : line);
      if (ends) complete = pending.length;
    }
    if (complete === 0) continue;
    yield parse(pending.slice(0, complete).join("\n"), first);
    pending = pending.slice(complete);
    first += complete;
  }
  if (pending.length > 0) yield parse(pending.join("\n"), first);
}
