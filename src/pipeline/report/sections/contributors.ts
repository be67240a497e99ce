import { contentOf, nameOf } from "../content.ts";
import { amount, counted, openText, percent, percentOf, shortHex } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { folded, section } from "../parts.ts";
import type { ReportContributor } from "../schema.ts";
import { sparkBars } from "../svg/spark-bars.ts";
import { largestUnits } from "../units.ts";
import { contributorId, inferenceId, type ReportView } from "../view.ts";
import { type PaidAnswer, type Reasons, type RowWorth, reasons } from "../why.ts";

const CARDS_SHOWN = 6;
const ANSWERS_SHOWN = 5;
const ROWS_SHOWN = 3;
const LABELS_SHOWN = 3;

const label = (text: string): Markup => html`<span class="label">${nameOf(text, 40)}</span>`;

const answer = ({ inference, units, share }: PaidAnswer): Markup =>
  html`<li><a href="#${inferenceId(inference)}">${contentOf(inference.request, 90)}</a> → ${label(inference.served)} <span class="quiet">${amount(units)} OPEN, ${percent(share)} of its pool</span></li>`;

const row = ({ row: number, label: name, content, answers }: RowWorth): Markup =>
  html`<li>${contentOf(content, 120)} ${label(name)} <span class="quiet">row ${number}, among the strongest in ${counted(answers, "answer")}</span></li>`;

/** The reason in one sentence: for which kind of answer the money came. */
function because(contributor: ReportContributor, { answers, labels }: Reasons, total: number): Markup {
  const first = labels[0];
  if (first === undefined) {
    return html`<p>No answer of this run leaned on these ${counted(contributor.rows, "row")}: their influence was nowhere positive, and only positive influence earns.</p>`;
  }
  const sum = labels.reduce((units, entry) => units + entry.units, 0n);
  return html`<p>Paid in ${answers.length} of ${counted(total, "answer")}; ${percentOf(first.units, sum)} of it came from answers ${label(first.label)}.</p>`;
}

function card(view: ReportView, contributor: ReportContributor, scale: bigint): Markup {
  const { position, total } = contributor;
  const why = reasons(view, position);
  const name = view.name(position);
  const spark = `What each of the ${why.amounts.length} answers paid, in order; the most was ${openText(why.answers[0]?.units ?? 0n)}`;
  return html`<article class="card" id="${contributorId(position)}">
<h3><span class="swatch ${view.colour(position)}" aria-hidden="true"></span>${nameOf(name)}</h3>
<p class="quiet">position ${position} · ${counted(contributor.rows, "row")} · ${shortHex(contributor.owner)}</p>
<p class="total">${amount(total)} OPEN</p>
${because(contributor, why, why.amounts.length)}
${why.answers.length > 0 && sparkBars(why.amounts, scale, spark)}
<p class="quiet">Rows about ${contributor.labels.slice(0, LABELS_SHOWN).map((entry) => html`${label(entry.label)} `)}${contributor.labels.length > LABELS_SHOWN && html`and ${contributor.labels.length - LABELS_SHOWN} more`}</p>
${why.rows.length > 0 && html`<h4>Rows that mattered most</h4><ul class="rows">${why.rows.slice(0, ROWS_SHOWN).map(row)}</ul>`}
${why.answers.length > 0 && html`<details class="more"><summary>Answers that paid most</summary><ul class="rows">${why.answers.slice(0, ANSWERS_SHOWN).map(answer)}</ul></details>`}
</article>`;
}

/** A card for everybody: how much, for which answers, and which of their rows. */
export function contributors(view: ReportView): Markup {
  const largest = largestUnits(
    view.report.inferences.flatMap((inference) => inference.shares.map((share) => BigInt(share.amount))),
  );
  return section(
    "contributors",
    "Why each contributor was paid",
    "The small bars are the answers in the order in which they were served, all cards at one scale. Which rows mattered is recorded where a contributor is among the first three of an answer; rows explain the share, money is paid for all of a contributor’s rows together.",
    folded(
      view.ranked,
      CARDS_SHOWN,
      (items) => html`<div class="cards">${items.map((item) => card(view, item, largest))}</div>`,
      (hidden) => `${counted(hidden, "more card")}`,
    ),
  );
}
