import { contentOf, nameOf } from "../content.ts";
import { amount, counted, integer, openText, percent, shortHex } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { WHY_UNPAID } from "../meaning.ts";
import type { ReportContent, ReportInference } from "../schema.ts";
import { shareBar } from "../share-bar.ts";
import { contributorId, inferenceId, type ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

/** Characters of a request in the folded line, and in the open entry. */
const [GLIMPSE, WHOLE] = [110, 600];

type TopContributor = ReportInference["top"][number];
type InfluentialRow = TopContributor["rows"][number];

const label = (text: string): Markup => html`<span class="label">${nameOf(text, 40)}</span>`;

const bar = (view: ReportView, inference: ReportInference): Markup =>
  shareBar(
    inference.shares.map(({ position, share }) => ({
      colour: view.colour(position),
      name: excerpt(view.name(position), 40),
      share,
    })),
  );

function row(entry: InfluentialRow): Markup {
  const part =
    entry.score > 0 ? `${percent(entry.share, 0)} of its owner’s influence here` : "did not help it";
  return html`<li>${contentOf(entry.content, 140)} ${label(entry.label)}
    <span class="quiet">row ${entry.row}, ${part}</span></li>`;
}

/** Whether it is sure that the score behind a share is above 0. */
const sureness = ({ shares }: ReportInference, position: number): Part => {
  const found = shares.find((share) => share.position === position);
  return found !== undefined && !found.sure && ", not sure";
};

const topContributor = (
  view: ReportView,
  inference: ReportInference,
  { position, share, amount: units, rows }: TopContributor,
): Markup =>
  html`<li>
    <p><span class="swatch ${view.colour(position)}" aria-hidden="true"></span>
    <a href="#${contributorId(position)}">${nameOf(view.name(position))}</a>
    <strong>${percent(share)}</strong> <span class="quiet">${amount(units)} OPEN${sureness(inference, position)}</span></p>
    <ul class="rows">${rows.map(row)}</ul>
  </li>`;

/** The shares below the top ones, without rows: complete, so that the sum can be followed. */
function smallerShares(view: ReportView, inference: ReportInference): Part {
  const rest = inference.shares.slice(inference.top.length);
  if (rest.length === 0) return false;
  const items = rest.map(
    ({ position, share, amount: units }) =>
      html`<li>${nameOf(view.name(position), 40)}
        <span>${amount(units)} OPEN</span> <span>${percent(share)}</span></li>`,
  );
  return html`<details class="more"><summary>${counted(rest.length, "smaller share")}</summary>
    <ul class="all">${items}</ul></details>`;
}

/** Whether the model was right, as far as the held-out row tells. */
function judged({ served, expected }: ReportInference): Part {
  if (expected === undefined) return false;
  return expected === served
    ? "; the row is labelled so too"
    : html`; the row is labelled ${label(expected)}`;
}

/** Whether the open entry has more to show of the request than its folded line. */
const saysMore = (request: ReportContent): boolean =>
  request.kind === "numeric" || request.text.length > GLIMPSE;

const payer = (text: string): Markup => (/^0x[0-9a-f]+$/i.test(text) ? shortHex(text) : nameOf(text, 40));

const summary = (view: ReportView, inference: ReportInference, place: number): Markup =>
  html`<summary><span class="place">${place}</span>
    <span class="request">${contentOf(inference.request, GLIMPSE)}</span>
    <span class="answer"><span aria-hidden="true">→</span> ${label(inference.served)}
      <span class="quiet">${percent(inference.probability, 0)} probable</span></span>
    <span class="pool">${amount(inference.pool)} OPEN</span>
    ${
      inference.shares.length === 0
        ? html`<span class="nobody">nobody’s rows helped this answer</span>`
        : bar(view, inference)
    }</summary>`;

const whose = (view: ReportView, inference: ReportInference): Markup =>
  inference.shares.length === 0
    ? html`<p>No contributor’s score is positive here, so its pool is <strong>unattributed</strong>
        and goes to the DataNet’s reserve, to nobody who could aim at it.</p>`
    : html`<h4>Whose rows helped it</h4>
        <ol class="top">${inference.top.map((entry) => topContributor(view, inference, entry))}</ol>
        ${smallerShares(view, inference)}
        ${unpaid(view, inference)}`;

/** Names below which a list is short enough to stand open. */
const FEW = 4;

/** Who gets nothing of this fee, and why: by name, behind a number where there are many. */
function unpaid(view: ReportView, { indexId, unpaid: positions }: ReportInference): Markup {
  if (positions.length === 0) return html`<p class="unpaid">Every contributor got a share.</p>`;
  const names = positions.map((position, i) => html`${i > 0 && ", "}${nameOf(view.name(position), 40)}`);
  const why = `their rows ${WHY_UNPAID[view.gradient(indexId)]}`;
  return positions.length <= FEW
    ? html`<p class="unpaid">Nothing for ${names}: ${why}.</p>`
    : html`<details class="more unpaid"><summary>${counted(positions.length, "contributor")} got nothing: ${why}</summary>
        <p class="quiet">${names}</p></details>`;
}

/**
 * One answer, folded: what was asked and answered, and the bar of its shares; open, the rows behind the first shares.
 *
 * @param place its number in the run, from 1
 */
export const inferenceEntry = (view: ReportView, inference: ReportInference, place: number): Markup =>
  html`<details class="inference" id="${inferenceId(inference)}"${place === 1 && html` open`}>
    ${summary(view, inference, place)}
    <div class="body">
    ${saysMore(inference.request) && html`<blockquote>${contentOf(inference.request, WHOLE)}</blockquote>`}
    <p>The model answered ${label(inference.served)} with a probability of
      ${percent(inference.probability)}${judged(inference)}.
      Of the fee of ${openText(inference.fee)}, ${openText(inference.pool)} are for contributors.</p>
    ${whose(view, inference)}
    <p class="quiet">Payment ${inference.number} of ${nameOf(view.model(inference.indexId))} · payer
      ${payer(inference.payer)} · trace ${shortHex(inference.commitment)} · sum of positive scores
      ${integer(inference.weight)}</p>
    </div></details>`;
