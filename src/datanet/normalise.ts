import { dataNetError, lineError, shown } from "./errors.ts";

/** Longest text of a row, in UTF-16 code units: a few pages, far more than an encoder reads. */
export const MAX_TEXT_LENGTH = 10_000;

/** Longest label, contributor or DataNet name, in UTF-16 code units. */
const MAX_NAME_LENGTH = 200;

const NAME_RULE = `A name has 1 to ${MAX_NAME_LENGTH} characters and no control characters.`;
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

/** A label or a contributor in canonical form; a number (a class 0–9 in JSON) is written in decimal. */
export function normaliseName(value: unknown, line: number, what: "label" | "contributor"): string {
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    const cause = what === "label" ? "LABEL_MISSING" : "CONTRIBUTOR_MISSING";
    throw lineError(cause, `The row has no ${what}.`, line, shown(value), `Give each row a ${what}.`);
  }
  if (typeof value !== "string" && typeof value !== "number") {
    throw lineError("NAME_INVALID", `The ${what} is neither text nor a number.`, line, shown(value));
  }
  const name = wellFormed(String(value), line, what);
  if (!isName(name))
    throw lineError("NAME_INVALID", `The ${what} cannot be used.`, line, shown(name), NAME_RULE);
  return name;
}

/** The name of a DataNet in canonical form. @throws TRB_DATANET_NAME_INVALID */
export function normaliseDataNetName(value: string): string {
  const name = value.normalize("NFC").trim();
  if (name === "" || !name.isWellFormed() || !isName(name)) {
    const options = { details: shown(value), hint: NAME_RULE };
    throw dataNetError("NAME_INVALID", "The DataNet's name cannot be used.", options);
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
 * @param value from a JSON file, where 1e999 is a number; a string of digits is none
 * @throws TRB_DATANET_NUMBER_INVALID, TRB_DATANET_NUMBER_NOT_FINITE
 */
export function normaliseNumber(value: unknown, line: number, column: string): number {
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
