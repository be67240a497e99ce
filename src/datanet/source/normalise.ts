import { dataNetError, lineError, shown } from "../errors.ts";
import { invisibleIn } from "../invisible.ts";

/** Longest text of a row, in UTF-16 code units: a few pages, far more than an encoder reads. */
export const MAX_TEXT_LENGTH = 10_000;

/** Longest label, contributor or DataNet name, in UTF-16 code units. */
const MAX_NAME_LENGTH = 200;

const NAME_RULE = `A name has 1 to ${MAX_NAME_LENGTH} characters, none of which is a control character or cannot be seen.`;
const isName = (name: string): boolean => name.length <= MAX_NAME_LENGTH && !/\p{Cc}/u.test(name);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

function wellFormed(value: string, line: number, what: string): string {
  // Half a surrogate pair (possible by a JSON escape) has no UTF-8: two different texts would hash alike.
  if (!value.isWellFormed()) {
    throw lineError("TEXT_MALFORMED", `The ${what} holds half of a surrogate pair.`, line, shown(value));
  }
  return value.normalize("NFC").trim();
}

/**
 * The canonical form of a text: NFC, without surrounding white space.
 *
 * @throws TRB_DATANET_TEXT_EMPTY, TRB_DATANET_TEXT_TOO_LONG, TRB_DATANET_TEXT_MALFORMED
 */
export function normaliseText(value: unknown, line: number): string {
  if (typeof value !== "string") {
    throw lineError("TEXT_MALFORMED", "The text is not a string.", line, shown(value));
  }
  const text = wellFormed(value, line, "text");
  if (text === "") throw lineError("TEXT_EMPTY", "The text is empty.", line, shown(value), "Remove the row.");
  if (text.length > MAX_TEXT_LENGTH) {
    const hint = `Cut it to ${MAX_TEXT_LENGTH} characters, or split it into rows.`;
    throw lineError("TEXT_TOO_LONG", "The text is too long.", line, `${text.length} characters`, hint);
  }
  return text;
}

/** Two names that look alike are refused where one has what cannot be seen. @throws TRB_DATANET_NAME_INVISIBLE */
export function requireVisible(name: string, line: number, what: string): void {
  const invisible = invisibleIn(name);
  if (invisible === undefined) return;
  const hint = "Remove the character: a name with it looks like the name without it.";
  const seen = `${invisible} in ${shown(name)}`;
  throw lineError("NAME_INVISIBLE", `The ${what} has a character that cannot be seen.`, line, seen, hint);
}

function notAName(value: unknown, line: number, what: string): Error {
  const several = Array.isArray(value);
  const hint = several ? `A row has one ${what}: repeat the row for each, or choose one.` : NAME_RULE;
  return lineError("NAME_INVALID", `The ${what} is neither text nor a number.`, line, shown(value), hint);
}

/**
 * A label or a contributor in canonical form; a number (a class 0–9 in JSON) is written in decimal, as many digits as an integer has,
 * and a truth value as true or false.
 */
export function normaliseName(value: unknown, line: number, what: "label" | "contributor"): string {
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    const cause = what === "label" ? "LABEL_MISSING" : "CONTRIBUTOR_MISSING";
    throw lineError(cause, `The row has no ${what}.`, line, shown(value), `Give each row a ${what}.`);
  }
  const named = ["string", "bigint", "boolean"].includes(typeof value) || Number.isFinite(value);
  if (!named) throw notAName(value, line, what);
  const name = wellFormed(String(value), line, what);
  if (!isName(name))
    throw lineError("NAME_INVALID", `The ${what} cannot be used.`, line, shown(name), NAME_RULE);
  requireVisible(name, line, what);
  return name;
}

/** The name of a DataNet in canonical form. @throws TRB_DATANET_NAME_INVALID */
export function normaliseDataNetName(value: string): string {
  const name = value.normalize("NFC").trim();
  const invisible = invisibleIn(name);
  if (name === "" || !name.isWellFormed() || !isName(name) || invisible !== undefined) {
    const details = invisible === undefined ? shown(value) : `${invisible} in ${shown(value)}`;
    const cause = invisible === undefined ? "NAME_INVALID" : "NAME_INVISIBLE";
    throw dataNetError(cause, "The DataNet's name cannot be used.", { details, hint: NAME_RULE });
  }
  return name;
}

const notANumber = (line: number, column: string, value: unknown): Error => {
  const seen = `${column} is ${shown(value)}`;
  return lineError(
    "NUMBER_INVALID",
    "A feature is not a number.",
    line,
    seen,
    "Fill the gap or drop the row.",
  );
};

/**
 * A finite float64; −0 becomes 0, so that equal numbers have equal bytes.
 *
 * @param given from a JSON file, where 1e999 is a number; a string of digits is none. A long integer is rounded
 * @throws TRB_DATANET_NUMBER_INVALID, TRB_DATANET_NUMBER_NOT_FINITE
 */
export function normaliseNumber(given: unknown, line: number, column: string): number {
  const value = typeof given === "bigint" ? Number(given) : given;
  if (typeof value !== "number") throw notANumber(line, column, value);
  if (!Number.isFinite(value)) {
    const hint = "Features are float64 numbers: no NaN, no infinity, at most about 1.8e308.";
    throw lineError(
      "NUMBER_NOT_FINITE",
      "A feature is not a finite number.",
      line,
      `${column} is ${value}`,
      hint,
    );
  }
  return value === 0 ? 0 : value;
}

/** A field of a CSV file in decimal notation, as `normaliseNumber`. @param place of the field in its record, from 0 */
export function parseNumber(field: string, line: number, place: number): number {
  const text = field.trim();
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  // The column's name is made for an error only: a table has millions of fields.
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  const column = `column ${place}`;
  if (Number.isNaN(value) && !NOT_FINITE.test(text)) throw notANumber(line, column, field);
  return normaliseNumber(value, line, column);
}
