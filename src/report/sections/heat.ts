import { amount, counted } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { scroller, section } from "../parts.ts";
import { heatLegend, heatMap, heatStep } from "../svg/heat-map.ts";
import { largestUnits } from "../units.ts";
import type { ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

const LEAD = html`The larger and stronger the square, the larger the amount; a dot is none. Contributors stand in the
  order of what they were paid.`;

const square = (step: number): Markup => {
  const [from, side] = [10 - 2 * step, 4 * step];
  return html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <rect class="h${step}" x="${from}" y="${from}" width="${side}" height="${side}"/></svg>`;
};

const legendEntry = ({ step, text }: { step: number; text: string }): Markup =>
  html`<li>${square(step)}${text}</li>`;

/** Contributors that a narrow screen names for each answer. */
const NAMED = 3;

interface HeatRow {
  readonly name: string;
  readonly amounts: readonly bigint[];
}

/** One answer on a narrow screen: who got most of it, and the others together. */
function listEntry({ name, amounts }: HeatRow, columns: readonly string[], largest: bigint): Markup {
  const paid = amounts
    .map((units, i) => ({ units, who: columns[i]! }))
    .filter(({ units }) => units > 0n)
    .sort((a, b) => (a.units > b.units ? -1 : a.units < b.units ? 1 : 0));
  const rest = paid.slice(NAMED);
  const others = rest.reduce((sum, { units }) => sum + units, 0n);
  const line = (who: string, units: bigint, mark: Part): Markup =>
    html`<li>${mark}<span>${who}</span>${amount(units)}</li>`;
  return html`<li><strong>${name}</strong>${
    paid.length === 0
      ? html`<p class="quiet">paid nobody</p>`
      : html`<ul>${paid.slice(0, NAMED).map(({ who, units }) => line(who, units, square(heatStep(units, largest))))}${
          rest.length > 0 && line(`${counted(rest.length, "other")} together`, others, html`<span></span>`)
        }</ul>`
  }</li>`;
}

/** All amounts in one picture: a line for each answer, a column for each contributor. */
export function heat({ ranked, report, name }: ReportView): Markup {
  const positions = ranked.map((contributor) => contributor.position);
  const rows = report.inferences.map((inference, i) => {
    const amounts = new Map(inference.shares.map((share) => [share.position, BigInt(share.amount)]));
    return { name: `answer ${i + 1}`, amounts: positions.map((position) => amounts.get(position) ?? 0n) };
  });
  const columns = positions.map((position) => excerpt(name(position), 60));
  const label = [
    `${counted(rows.length, "answer")} by ${counted(columns.length, "contributor")}: what each answer paid to whom.`,
    "The same amounts are listed answer by answer.",
  ].join(" ");
  const largest = largestUnits(rows.flatMap((row) => row.amounts));
  return section(
    "pattern",
    "Every answer, every contributor",
    LEAD,
    html`<div class="heat-picture">${scroller("Amounts by answer and contributor", heatMap({ columns, rows, label }))}
      <p class="readout" hidden></p></div>
      <ol class="heat-list">${rows.map((row) => listEntry(row, columns, largest))}</ol>
      <ul class="legend">${heatLegend(largest).map(legendEntry)}</ul>`,
  );
}
