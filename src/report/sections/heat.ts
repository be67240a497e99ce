import { counted } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { scroller, section } from "../parts.ts";
import { heatLegend, heatMap } from "../svg/heat-map.ts";
import { largestUnits } from "../units.ts";
import type { ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

const LEAD = html`The larger and stronger the square, the larger the amount; a dot is none. Contributors stand in the
  order of what they were paid.`;

const legendEntry = ({ step, text }: { step: number; text: string }): Markup => {
  const [from, side] = [10 - 2 * step, 4 * step];
  return html`<li><svg viewBox="0 0 20 20" aria-hidden="true">
    <rect class="h${step}" x="${from}" y="${from}" width="${side}" height="${side}"/></svg>${text}</li>`;
};

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
    html`${scroller("Amounts by answer and contributor", heatMap({ columns, rows, label }))}
      <p class="readout" hidden></p>
      <ul class="legend">${heatLegend(largest).map(legendEntry)}</ul>`,
  );
}
