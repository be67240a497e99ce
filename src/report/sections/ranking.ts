import { nameOf } from "../content.ts";
import { amount, counted, percentOf, ratio } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { folded, section } from "../parts.ts";
import type { ReportContributor } from "../schema.ts";
import { trackBar } from "../svg/track-bar.ts";
import { contributorId, type ReportView } from "../view.ts";

const SHOWN = 20;

const LEAD = html`The bar is what a contributor was paid. The upright mark
  <span class="even-key" aria-hidden="true"></span> is where it would end if every row were worth the same: a bar
  beyond its mark belongs to rows that mattered more than most.`;

/** Everybody by what they were paid, beside what they gave: it tells influence from volume. */
export function ranking(view: ReportView): Markup {
  const { ranked, report } = view;
  const allRows = BigInt(ranked.reduce((sum, contributor) => sum + contributor.rows, 0));
  const paid = BigInt(report.totals.paid);
  const got = ({ total }: ReportContributor): number => ratio(total, paid);
  const gave = ({ rows }: ReportContributor): number => ratio(BigInt(rows), allRows);
  const longest = Math.max(...ranked.flatMap((item) => [got(item), gave(item)])) || 1;

  const entry = (item: ReportContributor): Markup => html`<li>
    <span class="rank">${view.rank(item.position) + 1}</span>
    <a class="who" href="#${contributorId(item.position)}">${nameOf(view.name(item.position))}</a>
    <span class="given">position ${item.position} · ${counted(item.rows, "row")} given,
      ${percentOf(BigInt(item.rows), allRows)} of all</span>
    <span class="got">${amount(item.total)} OPEN</span>
    <span class="part">${percentOf(item.total, paid)} of all</span>
    ${trackBar(got(item) / longest, view.colour(item.position), gave(item) / longest)}
    </li>`;
  const list = (items: readonly ReportContributor[]): Markup =>
    html`<ol class="ranking" start="${items[0] ? view.rank(items[0].position) + 1 : 1}">${items.map(entry)}</ol>`;
  return section(
    "paid",
    "Who was paid",
    LEAD,
    folded(ranked, SHOWN, list, (hidden) => counted(hidden, "more contributor")),
  );
}
