import { lineError, shown } from "../errors.ts";
import type { JsonText } from "./json-rows.ts";
import { MAX_LINE_LENGTH } from "./lines.ts";

/** What changes the state of somebody who reads JSON outside of a string, and inside. */
const PLAIN = /["[\]{},]/g;
const QUOTED = /"|\\[\s\S]/g;
const NOT_SPACE = /\S/;

const newlines = (text: string): number => text.split("\n").length - 1;

/** Cuts an array into the texts of its elements, of which no more than one is held. What an element is, its parser says. */
class ArrayCutter {
  /** What is not handed on yet. */
  #text = "";
  /** How far it was looked at. */
  #at = 0;
  /** Where in it the element begins, and the line of that. */
  #start = 0;
  #line = 1;
  #depth = 0;
  #quoted = false;
  #elements = 0;
  #closed = false;

  *add(chunk: string): Generator<JsonText> {
    this.#text += chunk;
    for (let mark = this.#next(); mark !== undefined; mark = this.#next()) {
      if (mark === '"') this.#quoted = !this.#quoted;
      if (this.#quoted || mark.startsWith("\\") || mark === '"') continue;
      if (this.#closed) break;
      const opens = mark === "[" || mark === "{";
      if (opens && this.#depth++ === 0) this.#open(mark);
      if (this.#depth === 1 && (mark === "," || mark === "]")) yield* this.#element(mark === "]");
      if (mark === "]" || mark === "}") this.#depth--;
    }
    this.#text = this.#text.slice(this.#start);
    this.#at -= this.#start;
    this.#start = 0;
    if (this.#text.length > MAX_LINE_LENGTH) {
      const seen = `over ${MAX_LINE_LENGTH} characters`;
      throw lineError("LINE_TOO_LONG", "An element of the array is too long.", this.#line, seen);
    }
  }

  /** The next mark; undefined where the text has none any more. */
  #next(): string | undefined {
    const marks = this.#quoted ? QUOTED : PLAIN;
    marks.lastIndex = this.#at;
    const found = marks.exec(this.#text);
    if (found !== null) {
      this.#at = marks.lastIndex;
      return found[0];
    }
    // A backslash at the end has its other half in the next chunk.
    const half = this.#quoted && this.#text.length > this.#at && this.#text.endsWith("\\");
    this.#at = this.#text.length - Number(half);
    return undefined;
  }

  #open(mark: string): void {
    if (mark === "{" || NOT_SPACE.test(this.#text.slice(0, this.#at - 1)))
      throw this.#malformed("no [ first");
    this.#begin();
  }

  /** The next element begins where the last mark was. */
  #begin(): void {
    this.#line += newlines(this.#text.slice(this.#start, this.#at));
    this.#start = this.#at;
  }

  *#element(last: boolean): Generator<JsonText> {
    const text = this.#text.slice(this.#start, this.#at - 1);
    const begin = text.search(NOT_SPACE);
    if (begin >= 0) {
      yield { line: this.#line + newlines(text.slice(0, begin)), text: text.slice(begin) };
      this.#elements++;
    } else if (!last || this.#elements > 0) {
      throw this.#malformed("a comma without an element");
    }
    this.#begin();
    this.#closed = last;
  }

  end(): void {
    const rest = this.#text.trim();
    if (!this.#closed) throw this.#malformed(this.#depth === 0 ? shown(rest) : "the array is not closed");
    if (rest !== "") throw this.#malformed(`${shown(rest)} after the array`);
  }

  #malformed(seen: string): Error {
    const line = this.#line + newlines(this.#text.slice(this.#start, this.#at));
    const hint =
      'It looks like [{"text":"…","label":"…"}, …]; one object a line, without brackets, is read as well.';
    return lineError("JSON_MALFORMED", "The file is not an array of JSON objects.", line, seen, hint);
  }
}

/**
 * The elements of a file that is one JSON array, some at a time.
 *
 * @throws TRB_DATANET_JSON_MALFORMED, TRB_DATANET_LINE_TOO_LONG
 */
export async function* arrayElements(chunks: AsyncIterable<string>): AsyncGenerator<JsonText[]> {
  const cutter = new ArrayCutter();
  for await (const chunk of chunks) yield [...cutter.add(chunk)];
  cutter.end();
}
