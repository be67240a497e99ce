import type { BalanceCheck } from "../checks.ts";
import { amount, counted, openText, percentOf } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { verdict } from "../parts.ts";
import type { ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

const tile = (title: string, figure: Part, words: Part): Markup =>
  html`<div class="tile"><dt>${title}</dt><dd class="figure">${figure}</dd><dd>${words}</dd></div>`;

/** The page in one look: what came in, what contributors got, whether it is proven and whether it adds up. */
export function headline(view: ReportView, checks: readonly BalanceCheck[]): Markup {
  const { report, ranked } = view;
  const { totals, batches, dataset } = report;
  const paid = ranked.filter((contributor) => BigInt(contributor.total) > 0n).length;
  const onChain = batches.filter((batch) => batch.verifiedOnChain).length;
  const offChain = batches.filter((batch) => batch.verifiedOffChain).length;
  const proven = batches.length > 0 && onChain === batches.length && offChain === batches.length;
  const unequal = checks.filter((check) => !check.equal);
  const created = report.createdAt.slice(0, 16).replace("T", " ");
  return html`<header>
<p class="kicker">Tributary · attribution report</p>
<h1>${openText(totals.paid)} went to the people behind the answers</h1>
<p class="lead">${counted(report.inferences.length, "answer was", "answers were")} paid for with ${openText(totals.fees)}. For each one, the share of everybody whose data spoke for it was computed from <bdi>${excerpt(dataset.name, 80)}</bdi>, proven in zero knowledge and paid by a contract. <time datetime="${report.createdAt}">${created} UTC</time></p>
<dl class="tiles">
${tile("Fees in", amount(totals.fees), html`OPEN for ${counted(report.inferences.length, "answer")}`)}
${tile("To contributors", amount(totals.paid), html`OPEN, ${percentOf(totals.paid, totals.fees)} of the fees, to ${paid} of ${ranked.length}`)}
${tile("Verified on chain", html`${onChain} of ${batches.length}`, verdict(proven, `and ${offChain} of ${batches.length} by a second program`, `not every proof was verified: ${offChain} of ${batches.length} by a second program`))}
${tile("Balances to the unit", unequal.length === 0 ? "yes" : "no", verdict(unequal.length === 0, `${checks.length} of ${checks.length} sums equal`, `${unequal.length} of ${checks.length} sums differ`))}
</dl>
</header>`;
}
