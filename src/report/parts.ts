import { html, type Markup, type Part } from "./markup.ts";

/** A section with its heading and a sentence that says what one sees. */
export const section = (id: string, title: string, lead: Part, body: Part): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
    ${lead !== "" && html`<p class="lead">${lead}</p>`}${body}</section>`;

/** A box that scrolls sideways by itself, so that the page never does; the keyboard reaches it. */
export const scroller = (label: string, body: Part): Markup =>
  html`<div class="scroller" role="region" tabindex="0" aria-label="${label}">${body}</div>`;

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => Part;
  /** Right-aligned, figures of one width. */
  readonly numeric?: boolean;
  /** Sentences, which may wrap. */
  readonly prose?: boolean;
  /** Whether it heads its rows, in the place of the first column. */
  readonly heads?: boolean;
}

/** A table whose first column heads its rows, or the one that says so. */
export const table = <Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Markup =>
  tableOf(caption, columns, rows, false);

/** The same, but a narrow screen shows each row as a block of lines, each with its heading: nothing is behind an edge. */
export const stackedTable = <Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Markup => tableOf(caption, columns, rows, true);

function tableOf<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  stacked: boolean,
): Markup {
  const kind = ({ numeric = false, prose = false }: Column<Row>): Part =>
    (numeric && html` class="numeric"`) || (prose && html` class="prose"`);
  const heading = Math.max(
    0,
    columns.findIndex(({ heads }) => heads),
  );
  const head = columns.map((column) => html`<th scope="col"${kind(column)}>${column.heading}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>${columns.map((column, i) =>
        i === heading
          ? html`<th scope="row"${kind(column)}>${column.cell(row)}</th>`
          : html`<td${kind(column)}${stacked && html` data-heading="${column.heading}"`}>${column.cell(row)}</td>`,
      )}</tr>`,
  );
  return scroller(
    caption,
    html`<table${stacked && html` class="stacked"`}><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

/** A word with a sign before it: never the colour alone. */
export const verdict = (good: boolean, yes: string, no: string): Markup =>
  html`<span class="verdict ${good ? "good" : "bad"}">
    <span aria-hidden="true">${good ? "✓" : "✗"}</span> ${good ? yes : no}</span>`;

/** The first `shown` items as they are, the others behind one summary. */
export function folded<Item>(
  items: readonly Item[],
  shown: number,
  draw: (items: readonly Item[]) => Part,
  summary: (hidden: number) => string,
): Markup {
  const hidden = items.slice(shown);
  return html`${draw(items.slice(0, shown))}${
    hidden.length > 0 &&
    html`<details class="more"><summary>${summary(hidden.length)}</summary>${draw(hidden)}</details>`
  }`;
}
