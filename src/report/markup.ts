import { visible } from "./visible.ts";

/** Markup that is safe to write as it stands; only `html` makes it. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Markup };

/** What may stand in a template: plain values are escaped, markup and lists of it are not, false and undefined are nothing. */
export type Part = Markup | string | number | bigint | false | undefined | readonly Part[];

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element's content or for a quoted attribute. */
const escapeText = (text: string): string => visible(text).replace(/[&<>"']/g, (found) => ENTITY[found]!);

function write(part: Part): string {
  if (part === false || part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(write).join("");
  return escapeText(String(part));
}

/**
 * HTML and SVG as a tagged template that escapes by default, so that a request or a contributor's name
 * cannot become markup. Attributes must be quoted, and values never go into URLs, styles or scripts
 * unless they are numbers or come from this program. The indent of a line is layout of the source and is dropped.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const fixed = strings.map((string) => string.replace(/\n\s+/g, "\n"));
  return new Markup(fixed.reduce((text, string, i) => text + write(parts[i - 1]) + string));
}

/** Text that this program wrote itself (its style sheet and its script), without escaping. */
export const trusted = (text: string): Markup => new Markup(text);
