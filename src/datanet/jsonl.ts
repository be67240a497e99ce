import { lineError, shown } from "./errors.ts";
import type { LineBlock } from "./lines.ts";

/** One object of a JSON lines file and its line, from 1. */
export interface JsonRecord {
  readonly line: number;
  readonly object: Readonly<Record<string, unknown>>;
}

function parse(text: string, line: number): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw lineError("JSON_MALFORMED", "A line is not JSON.", line, (error as Error).message);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const hint = 'Each line is an object, such as {"text":"…","label":"…"}.';
    throw lineError("JSON_MALFORMED", "A line is not a JSON object.", line, shown(value), hint);
  }
  return { line, object: value as Record<string, unknown> };
}

/** The objects of a JSON lines file; blank lines are left out. @throws TRB_DATANET_JSON_MALFORMED */
export async function* jsonRecords(blocks: AsyncIterable<LineBlock>): AsyncGenerator<JsonRecord[]> {
  for await (const { first, lines } of blocks) {
    yield lines.flatMap((text, i) => (text.trim() === "" ? [] : [parse(text, first + i)]));
  }
}
