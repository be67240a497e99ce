import { contentOf, nameOf } from "../content.ts";
import { amount, counted, openText, percent, percentOf, shortHex } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { folded, section } from "../parts.ts";
import type { ReportContributor } from "../schema.ts";
import { sparkBars } from "../svg/spark-bars.ts";
import { largestUnits, sumUnits } from "../units.ts";
import { contributorId, inferenceId, type ReportView, sureUnits } from "../view.ts";
import { type PaidAnswer, type Reasons, type RowWorth, reasons } from "../why.ts";

const CARDS_SHOWN = 6;
const ANSWERS_SHOWN = 5;
const ROWS_SHOWN = 3;
const LABELS_SHOWN = 3;

const LEAD = html`The small bars are the answers in the order in which they were served, all cards at one scale.
  Which rows mattered is recorded where a contributor is among the first three of an answer; rows explain the share,
  money is paid for all of a contributor’s rows together.`;

const label = (text: string): Markup => html`<span class="label">${nameOf(text, 40)}</span>`;

const answer = ({ inference, units, share }: PaidAnswer): Markup =>
  html`<li><a href="#${inferenceId(inference)}">${contentOf(inference.request, 90)}</a> →
    ${label(inference.served)}
    <span class="quiet">${amount(units)} OPEN, ${percent(share)} of its pool</span></li>`;

const row = ({ row: number, label: name, content, answers }: RowWorth): Markup =>
  html`<li>${contentOf(content, 120)} ${label(name)}
    <span class="quiet">row ${number}, among the strongest in ${counted(answers, "answer")}</span></li>`;

/** The reason in one sentence: for which kind of answer the money came. */
function because(
  view: ReportView,
  contributor: ReportContributor,
  { answers, labels, amounts }: Reasons,
): Markup {
  const first = labels[0];
  if (first === undefined) {
    const average = view.report.models.every(({ gradient }) => gradient === "objective");
    return html`<p>Paid in none of ${counted(amounts.length, "answer")}: these ${counted(contributor.rows, "row")}
      helped none of them${average && " more than the average row does"}.</p>`;
  }
  const sum = sumUnits(labels.map((entry) => entry.units));
  const sure = sureUnits(view.report, contributor.position);
  return html`<p>Paid in ${answers.length} of ${counted(amounts.length, "answer")};
    ${percentOf(first.units, sum)} of it came from answers ${label(first.label)},
    and <span class="sure">${percentOf(sure.sure, sure.all)} is sure</span>.</p>`;
}

function given({ labels }: ReportContributor): Markup {
  const more = labels.length - LABELS_SHOWN;
  const shown = labels.slice(0, LABELS_SHOWN).map((entry) => html`${label(entry.label)} `);
  return html`<p class="quiet">Rows about ${shown}${more > 0 && `and ${more} more`}</p>`;
}

function evidence({ rows, answers }: Reasons): Part {
  if (answers.length === 0) return false;
  const strongest = html`<h4>Rows that mattered most</h4>
    <ul class="rows">${rows.slice(0, ROWS_SHOWN).map(row)}</ul>`;
  return html`${rows.length > 0 && strongest}
    <details class="more"><summary>Answers that paid most</summary>
    <ul class="rows">${answers.slice(0, ANSWERS_SHOWN).map(answer)}</ul></details>`;
}

/** @param scale units that fill the height of the small bars */
function card(view: ReportView, contributor: ReportContributor, scale: bigint): Markup {
  const { position, total, rows, owner } = contributor;
  const why = reasons(view, position);
  const most = openText(why.answers[0]?.units ?? 0n);
  const spark = `What each of the ${why.amounts.length} answers paid, in order; the most was ${most}`;
  return html`<article class="card" id="${contributorId(position)}">
    <h3><span class="swatch ${view.colour(position)}" aria-hidden="true"></span>${nameOf(view.name(position))}</h3>
    <p class="quiet">position ${position} · ${counted(rows, "row")} · ${shortHex(owner)}</p>
    <p class="total">${amount(total)} OPEN</p>
    ${because(view, contributor, why)}
    ${why.answers.length > 0 && sparkBars(why.amounts, scale, spark)}
    ${given(contributor)}
    ${evidence(why)}
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
    LEAD,
    folded(
      view.ranked,
      CARDS_SHOWN,
      (items) => html`<div class="cards">${items.map((item) => card(view, item, largest))}</div>`,
      (hidden) => `${counted(hidden, "more card")}`,
    ),
  );
}
