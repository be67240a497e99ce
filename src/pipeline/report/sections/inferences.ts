import { contentOf, nameOf } from "../content.ts";
import { amount, counted, integer, openText, percent, shortHex } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { section } from "../parts.ts";
import type { ReportContent, ReportInference } from "../schema.ts";
import { shareBar } from "../share-bar.ts";
import { contributorId, inferenceId, type ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

/** Characters of a request in the folded line, and in the open entry. */
/** Batches are open until this many answers are in sight. */
const SHOWN = 8;
const [GLIMPSE, WHOLE] = [110, 600];

const bar = (view: ReportView, inference: ReportInference): Markup =>
  shareBar(
    inference.shares.map(({ position, share }) => ({
      colour: view.colour(position),
      name: excerpt(view.name(position), 40),
      share,
    })),
  );

function top(view: ReportView, inference: ReportInference): Markup {
  const items = inference.top.map(
    ({ position, share, amount: units, rows }) =>
      html`<li><p><span class="swatch ${view.colour(position)}" aria-hidden="true"></span><a href="#${contributorId(position)}">${nameOf(view.name(position))}</a> <strong>${percent(share)}</strong> <span class="quiet">${amount(units)} OPEN</span></p><ul class="rows">${rows.map(
        (row) =>
          html`<li>${contentOf(row.content, 140)} <span class="label">${nameOf(row.label, 40)}</span> <span class="quiet">row ${row.row}, ${row.score > 0 ? `${percent(row.share, 0)} of its owner’s influence here` : "spoke against the answer"}</span></li>`,
      )}</ul></li>`,
  );
  return html`<ol class="top">${items}</ol>`;
}

function everyShare(view: ReportView, inference: ReportInference): Part {
  const rest = inference.shares.slice(inference.top.length);
  if (rest.length === 0) return false;
  return html`<details class="more"><summary>${counted(rest.length, "smaller share")}</summary><ul class="all">${rest.map(
    ({ position, share, amount: units }) =>
      html`<li>${nameOf(view.name(position), 40)} <span>${amount(units)} OPEN</span> <span>${percent(share)}</span></li>`,
  )}</ul></details>`;
}

const payer = (text: string): Markup => (/^0x[0-9a-f]+$/i.test(text) ? shortHex(text) : nameOf(text, 40));

/** Whether the model was right, as far as the held-out row tells. */
function judged({ served, expected }: ReportInference): Part {
  if (expected === undefined) return false;
  return expected === served
    ? "as the row is labelled"
    : html`the row is labelled <span class="label">${nameOf(expected, 40)}</span>`;
}

/** Whether the open entry has more to show of the request than its folded line. */
const saysMore = (request: ReportContent): boolean =>
  request.kind === "numeric" || request.text.length > GLIMPSE;

function entry(view: ReportView, inference: ReportInference, place: number): Markup {
  const nobody = inference.shares.length === 0;
  return html`<details class="inference" id="${inferenceId(inference)}"${place === 0 && html` open`}><summary><span class="place">${place + 1}</span><span class="request">${contentOf(inference.request, GLIMPSE)}</span><span class="answer"><span aria-hidden="true">→</span> <span class="label">${nameOf(inference.served, 40)}</span> <span class="quiet">${percent(inference.probability, 0)} sure</span></span><span class="pool">${amount(inference.pool)} OPEN</span>${nobody ? html`<span class="nobody">nobody’s data spoke for this answer</span>` : bar(view, inference)}</summary>
<div class="body">
${saysMore(inference.request) && html`<blockquote>${contentOf(inference.request, WHOLE)}</blockquote>`}
<p>The model answered <span class="label">${nameOf(inference.served, 80)}</span> with a probability of ${percent(inference.probability)}${inference.expected !== undefined && html`; ${judged(inference)}`}. Of the fee of ${openText(inference.fee)}, ${openText(inference.pool)} are for contributors.</p>
${nobody ? html`<p>No contributor’s rows made this answer more likely, so its pool is <strong>unattributed</strong> and goes to the DataNet’s reserve, to nobody who could aim at it.</p>` : html`<h4>Whose data spoke for it</h4>${top(view, inference)}${everyShare(view, inference)}`}
<p class="quiet">Payment ${inference.number} of ${view.model(inference.indexId)} · payer ${payer(inference.payer)} · trace ${shortHex(inference.commitment)} · sum of positive scores ${integer(inference.weight)}</p>
</div></details>`;
}

/** Every answer with its split, batch by batch. */
export function inferences(view: ReportView): Markup {
  const places = new Map(view.report.inferences.map((inference, place) => [inference, place]));
  let shown = 0;
  const groups = view.batches.map(({ batch, inferences: list }, place) => {
    const open = shown < SHOWN;
    shown += list.length;
    return html`<details class="batch"${open && html` open`}><summary><h3>Batch ${place + 1}</h3> <span class="quiet">${view.model(batch.indexId)} · ${counted(list.length, "answer")} · ${openText(batch.paid)} paid</span></summary>${list.map((inference) => entry(view, inference, places.get(inference) ?? 0))}</details>`;
  });
  return section(
    "answers",
    "Answer by answer",
    "Open an answer to see what was asked, what the model said, and whose rows made it say so. An answer’s amounts are rounded down to the unit one by one; a batch is rounded once, so a payout can be a few units more than its parts.",
    groups,
  );
}
