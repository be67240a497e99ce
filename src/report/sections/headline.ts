import type { BalanceCheck } from "../checks.ts";
import { nameOf } from "../content.ts";
import { amount, counted, openText, percentOf } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { meanings } from "../meaning.ts";
import { verdict } from "../parts.ts";
import type { Report } from "../schema.ts";
import { type ReportView, sureUnits } from "../view.ts";

const tile = (title: string, figure: Part, words: Part): Markup =>
  html`<div class="tile"><dt>${title}</dt><dd class="figure">${figure}</dd><dd>${words}</dd></div>`;

/** Whether there are proofs, and the contract and the second program both accepted every one. */
const isProven = ({ batches }: Report): boolean =>
  batches.length > 0 && batches.every((batch) => batch.verifiedOnChain && batch.verifiedOffChain);

function proofTile(report: Report): Markup {
  const { batches } = report;
  const onChain = batches.filter((batch) => batch.verifiedOnChain).length;
  const offChain = batches.filter((batch) => batch.verifiedOffChain).length;
  const second = `${offChain} of ${batches.length} by a second program`;
  return tile(
    "Proofs verified on chain",
    `${onChain} of ${batches.length}`,
    verdict(isProven(report), `and ${second}`, `not every proof was verified: ${second}`),
  );
}

function balanceTile(checks: readonly BalanceCheck[]): Markup {
  const unequal = checks.filter((check) => !check.equal).length;
  return tile(
    "Balances to the unit",
    unequal === 0 ? "yes" : "no",
    verdict(
      unequal === 0,
      `${checks.length} of ${checks.length} sums equal`,
      `${unequal} of ${checks.length} sums differ`,
    ),
  );
}

/** The page in one look: what came in, what contributors got, whether it is proven and whether it adds up. */
export function headline(view: ReportView, checks: readonly BalanceCheck[]): Markup {
  const { report, ranked } = view;
  const { totals, dataset } = report;
  const answers = report.inferences.length;
  const paid = ranked.filter((contributor) => BigInt(contributor.total) > 0n).length;
  const proven = isProven(report);
  const { sure, all } = sureUnits(report);
  const created = report.createdAt.slice(0, 16).replace("T", " ");
  return html`<header>
    <p class="kicker">Tributary · attribution report</p>
    <h1>${openText(totals.paid)} ${proven ? "went to the people behind the answers" : "computed, but not all of it is proven"}</h1>
    <p class="lead">${counted(answers, "answer was", "answers were")} paid for with ${openText(totals.fees)}.
      For each one, the share of everybody whose rows helped it was computed from
      ${nameOf(dataset.name, 80)}${proven && ", proven in zero knowledge and paid by a contract"}.
      <time datetime="${report.createdAt}">${created} UTC</time></p>
    ${meanings(report.models).map((sentence) => html`<p class="lead meaning">${sentence}</p>`)}
    <dl class="tiles">
    ${tile("Fees in", amount(totals.fees), `OPEN for ${counted(answers, "answer")}`)}
    ${tile(
      "To contributors",
      amount(totals.paid),
      html`OPEN, ${percentOf(totals.paid, totals.fees)} of the fees, to ${paid} of ${ranked.length}; ${percentOf(sure, all)} of it is <a href="#trust">sure</a>`,
    )}
    ${proofTile(report)}
    ${balanceTile(checks)}
    </dl>
    </header>`;
}
