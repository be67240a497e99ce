import { nameOf } from "../content.ts";
import { amount, coordinate, counted, percentOf, ratio } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { folded, section } from "../parts.ts";
import type { ReportContributor } from "../schema.ts";
import { contributorId, type ReportView } from "../view.ts";

const SHOWN = 20;

/**
 * Everybody by what they were paid. A mark on each bar shows where it would end if rows were all worth the same, which tells
 * influence from volume.
 */
export function ranking(view: ReportView): Markup {
  const { ranked, report } = view;
  const rows = ranked.reduce((sum, contributor) => sum + contributor.rows, 0);
  const paid = BigInt(report.totals.paid);
  const shares = ranked.flatMap((c) => [ratio(c.total, paid), c.rows / Math.max(rows, 1)]);
  const scale = Math.max(...shares, Number.MIN_VALUE);
  const width = (part: number): string => coordinate((part / scale) * 100);

  const entry = (contributor: ReportContributor): Markup => {
    const { position, total } = contributor;
    const even = contributor.rows / Math.max(rows, 1);
    return html`<li>
<span class="rank">${view.rank(position) + 1}</span>
<a class="who" href="#${contributorId(position)}">${nameOf(view.name(position))}</a>
<span class="given">${counted(contributor.rows, "row")} given, ${percentOf(BigInt(contributor.rows), BigInt(rows))} of all</span>
<span class="got">${amount(total)} OPEN</span>
<span class="part">${percentOf(total, paid)} of all</span>
<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="${view.colour(position)}" width="${width(ratio(total, paid))}" height="10"/><path class="even" d="M${width(even)} 0v10"/></svg>
</li>`;
  };
  return section(
    "paid",
    "Who was paid",
    html`The bar is what a contributor was paid. The upright mark <span class="even-key" aria-hidden="true"></span> is where it would end if every row were worth the same: a bar beyond its mark belongs to rows that mattered more than most.`,
    folded(
      ranked,
      SHOWN,
      (items) =>
        html`<ol class="ranking" start="${view.rank(items[0]?.position ?? 0) + 1}">${items.map(entry)}</ol>`,
      (hidden) => `${counted(hidden, "more contributor")}`,
    ),
  );
}
