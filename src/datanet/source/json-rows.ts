import { numberSource, parseJson } from "../../core/json.ts";
import { lineError, shown } from "../errors.ts";
import type { Columns, SourceRow } from "../types.ts";
import { columnMissing } from "./columns.ts";
import type { LineBlock } from "./lines.ts";
import { normaliseName, normaliseNumber, normaliseText } from "./normalise.ts";

/** The text of one JSON object and its line, from 1. */
export interface JsonText {
  readonly line: number;
  readonly text: string;
}

/** What a row's columns hold, by their names. */
export interface ObjectRecord {
  readonly line: number;
  readonly object: Readonly<Record<string, unknown>>;
}

/** The lines of a JSON lines file; blank ones are left out. */
export async function* jsonLines(blocks: AsyncIterable<LineBlock>): AsyncGenerator<JsonText[]> {
  for await (const { first, lines } of blocks) {
    yield lines.flatMap((text, i) => (text.trim() === "" ? [] : [{ line: first + i, text }]));
  }
}

/** @throws TRB_DATANET_JSON_MALFORMED */
function parse({ line, text }: JsonText): ObjectRecord {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw lineError("JSON_MALFORMED", "A row is not JSON.", line, (error as Error).message);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const hint = 'Each row is an object, such as {"text":"…","label":"…"}.';
    throw lineError("JSON_MALFORMED", "A row is not a JSON object.", line, shown(value), hint);
  }
  return { line, object: value as Record<string, unknown> };
}

function fieldOf({ line, object }: ObjectRecord, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  throw columnMissing(key, line, Object.keys(object));
}

function numbersOf(record: ObjectRecord, keys: readonly string[]): Float64Array {
  const numbers = keys.flatMap((key) => {
    const value = fieldOf(record, key);
    const list: Iterable<unknown> =
      Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown[]) : [value];
    return Array.from(list, (entry) => normaliseNumber(entry, record.line, key));
  });
  return Float64Array.from(numbers);
}

/**
 * A row of an object. Throws what is wrong with it.
 *
 * @param name what a column that names something holds
 */
export function objectRow(
  record: ObjectRecord,
  columns: Columns,
  name: (record: ObjectRecord, key: string) => unknown = fieldOf,
): SourceRow {
  const { line } = record;
  const { text, features, label, contributor } = columns;
  return {
    features:
      features === undefined ? normaliseText(fieldOf(record, text!), line) : numbersOf(record, features),
    label: normaliseName(name(record, label), line, "label"),
    contributor:
      contributor === undefined ? null : normaliseName(name(record, contributor), line, "contributor"),
    line,
  };
}

/** Where a number may be written with more digits than a float64 keeps, or with an exponent. */
const UNUSUAL = /[\d.]{16}|\d[eE]/;
const INTEGER = /^-?\d+$/;
/** Significant decimal digits that a float64 always keeps. */
const KEPT_DIGITS = 15;
/** Below it, float64s have fewer digits. */
const SMALLEST = 1e-290;

/** A number that names something in decimal: 7, 7.0 and 70e-1 are one name. @throws TRB_DATANET_NAME_INVALID */
function numberName(source: string, line: number): unknown {
  if (INTEGER.test(source)) return parseJson(source);
  const digits = source
    .replace(/[eE].*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");
  const value = Number(source);
  const kept = digits.length <= KEPT_DIGITS && Number.isFinite(value) && Math.abs(value) >= SMALLEST;
  if (kept || digits === "") return value;
  const hint = "Write it as text, in quotes: as a number it would lose digits.";
  throw lineError(
    "NAME_INVALID",
    "A number with a fraction or an exponent cannot be a name.",
    line,
    source,
    hint,
  );
}

/** A row of a JSON object's text. @throws TRB_DATANET_* */
export function jsonRow(json: JsonText, columns: Columns): SourceRow {
  const unusual = UNUSUAL.test(json.text);
  return objectRow(parse(json), columns, (record, key) => {
    const value = fieldOf(record, key);
    if (!unusual || typeof value !== "number") return value;
    return numberName(numberSource(json.text, key) ?? String(value), record.line);
  });
}
