import { lineError } from "../errors.ts";

/** Consecutive lines of a file without their line feeds; the first has the number `first`, from 1. */
export interface LineBlock {
  readonly first: number;
  readonly lines: readonly string[];
}

/** UTF-16 code units of a line, or of an element of a JSON array: far more than a row of numbers or a text has. */
export const MAX_LINE_LENGTH = 1 << 23;

/**
 * The lines of a text. Carriage returns before a line feed are left to the format.
 *
 * @throws TRB_DATANET_LINE_TOO_LONG
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<LineBlock> {
  let rest = "";
  let first = 1;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf("\n");
    if (end < 0) {
      rest += chunk;
      if (rest.length > MAX_LINE_LENGTH) {
        const seen = `over ${MAX_LINE_LENGTH} characters`;
        const hint = "Rows are separated by line feeds.";
        throw lineError("LINE_TOO_LONG", "A line is too long.", first, seen, hint);
      }
    } else {
      const lines = (rest + chunk.slice(0, end)).split("\n");
      rest = chunk.slice(end + 1);
      const block = { first, lines };
      first += lines.length;
      yield block;
    }
  }
  if (rest.length > 0) yield { first, lines: [rest] };
}
