import { html, type Markup } from "./markup.ts";
import type { ReportContent } from "./schema.ts";
import { isDrawable, thumbnail } from "./svg/thumbnail.ts";
import { excerpt } from "./visible.ts";

const SHOWN_NUMBERS = 6;

/** A name in its own direction, cut to what a heading bears; the text is escaped by the template. */
export const nameOf = (name: string, limit = 60): Markup => html`<bdi>${excerpt(name, limit)}</bdi>`;

/** A request or a row as a reader sees it: a quoted sentence, a small picture, or the first numbers. */
export function contentOf(content: ReportContent, limit = 220): Markup {
  if (content.kind === "text") return html`<q><bdi dir="auto">${excerpt(content.text, limit)}</bdi></q>`;
  const { values, shape } = content;
  if (shape && isDrawable(values, shape)) {
    return thumbnail(values, shape, `Picture of ${shape[0]} by ${shape[1]} pixels`);
  }
  const head = values.slice(0, SHOWN_NUMBERS).map((value) => String(Number(value.toPrecision(4))));
  return html`<code>[${head.join(", ")}${values.length > SHOWN_NUMBERS && ", …"}]</code> <small>${values.length} numbers</small>`;
}
