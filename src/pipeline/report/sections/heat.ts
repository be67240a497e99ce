import { counted } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { scroller, section } from "../parts.ts";
import { heatLegend, heatMap } from "../svg/heat-map.ts";
import { largestUnits } from "../units.ts";
import type { ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

/** All amounts in one picture: a line for each answer, a column for each contributor. */
export function heat(view: ReportView): Markup {
  const { ranked, report } = view;
  const positions = ranked.map((contributor) => contributor.position);
  const rows = report.inferences.map((inference, i) => {
    const amounts = new Map(inference.shares.map((share) => [share.position, BigInt(share.amount)]));
    return { name: `answer ${i + 1}`, amounts: positions.map((position) => amounts.get(position) ?? 0n) };
  });
  const largest = largestUnits(rows.flatMap((row) => row.amounts));
  const label = `${counted(rows.length, "answer")} by ${counted(positions.length, "contributor")}: what each answer paid to whom. The same amounts are listed answer by answer.`;
  const legend = heatLegend(largest).map(
    ({ step, text }) =>
      html`<li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="h${step}" x="${10 - 2 * step}" y="${10 - 2 * step}" width="${4 * step}" height="${4 * step}"/></svg>${text}</li>`,
  );
  return section(
    "pattern",
    "Every answer, every contributor",
    "The larger and stronger the square, the larger the amount; a dot is none. Contributors stand in the order of what they were paid.",
    html`${scroller("Amounts by answer and contributor", heatMap({ columns: ranked.map((c) => excerpt(view.name(c.position), 60)), rows, label }))}<p class="readout" hidden></p><ul class="legend">${legend}</ul>`,
  );
}
