import type { RowGradient } from "../../attribution/objective.ts";
import { SHIFT } from "../../params/bits.ts";
import { contentOf, nameOf } from "../content.ts";
import { amount, counted, integer, openDigits, openText, percent, shortHex } from "../format.ts";
import { html, type Markup, type Part, trusted } from "../markup.ts";
import { meanings, rowsWords, SURE, unpaidWords } from "../meaning.ts";
import { section, stackedTable, verdict } from "../parts.ts";
import { COLOURS } from "../style/colours.css.ts";
import { PAGE } from "../style/page.css.ts";
import { PRINT } from "../style/print.css.ts";
import { SECTIONS } from "../style/sections.css.ts";
import { exactAmount } from "./digits.ts";
import type { ExplainedBatch, ExplainedInference, ExplainedRow, PaymentExplanation } from "./types.ts";

/** The page has no script and asks nobody for anything, whatever a row or a request managed to write. */
const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const label = (text: string): Markup => html`<span class="label">${nameOf(text, 40)}</span>`;

/** Numerators are wide: digits in groups, and a box that scrolls by itself. */
const numerator = (value: bigint): string => (value < 0n ? `−${integer(-value)}` : integer(value));

const signed = (value: number): string => (value < 0 ? `−${integer(-value)}` : integer(value));

interface Line {
  readonly what: Part;
  readonly part: number;
  readonly numerator: bigint;
}

const rowLine = ({ row, label: name, content, part, numerator: n }: ExplainedRow): Line => ({
  what: html`${contentOf(content, 120)} ${label(name)} <span class="quiet">row ${row}</span>`,
  part,
  numerator: n,
});

/** The lines of one score, down to the one that they add up to. */
function lines({ rows, others, residual, score, rate }: ExplainedInference): Line[] {
  return [
    ...rows.map(rowLine),
    ...(others.rows > 0 ? [{ ...others, what: `${counted(others.rows, "other row")} together` }] : []),
    { ...residual, what: "rounding: what 8 bits did to the sum of the rows" },
    { what: html`<strong>the score that was proven</strong>`, part: score, numerator: rate * BigInt(score) },
  ];
}

const score = (inference: ExplainedInference): Markup =>
  stackedTable(
    `Payment ${inference.payment}: the score, row by row`,
    [
      { heading: "OPEN", numeric: true, cell: ({ numerator: n }: Line) => exactAmount(n) },
      { heading: "Row", prose: true, heads: true, cell: ({ what }: Line) => what },
      { heading: "Part of the score", numeric: true, cell: ({ part }: Line) => signed(part) },
      {
        heading: "Part × rate, in 2⁻³² units",
        numeric: true,
        cell: ({ numerator: n }: Line) => numerator(n),
      },
    ],
    lines(inference),
  );

const share = ({ score: s, weight }: ExplainedInference): number => (s > 0 ? s / Number(weight) : 0);

/** What the 95 % interval leaves of a score's sign. */
function interval({ score: s, margin, sure }: ExplainedInference): Markup {
  const range = html`between <strong>${signed(s - margin)}</strong> and <strong>${signed(s + margin)}</strong>`;
  if (sure)
    return html`With 95\u00a0% confidence it is ${range}: ${verdict(true, "sure to be above 0", "")}.`;
  return s < -margin
    ? html`With 95\u00a0% confidence it is ${range}, surely not above 0.`
    : html`With 95\u00a0% confidence it is ${range}: it is not sure on which side of 0.`;
}

function inferenceEntry(inference: ExplainedInference, gradient: RowGradient): Markup {
  const { payment, request, served, probability, pool, weight, rate, io, trace } = inference;
  const { helped, harmed, unpaid, contributors } = inference;
  const paid = inference.score > 0;
  return html`<article class="box"><h3>Payment ${payment}</h3>
    <blockquote>${contentOf(request, 400)}</blockquote>
    <p>Answered ${label(served)}, with a probability of ${percent(probability, 0)}.
      ${
        paid
          ? html`The rows’ score is ${integer(inference.score)} of ${integer(weight)}: <strong>${percent(share(inference))}</strong>
              of the pool of ${openText(pool)}, ${openText(inference.numerator >> BigInt(SHIFT))} and a fraction.`
          : html`The rows’ score is ${signed(inference.score)}, which is not above 0: it paid them <strong>nothing</strong>.`
      }
      ${interval(inference)}</p>
    <p>Of its own, ${rowsWords(gradient, helped, harmed)}. Of all, ${unpaidWords(gradient, unpaid, contributors)}.</p>
    ${inference.rows.length > 0 && score(inference)}
    <p class="quiet">rate ⌊pool·2<sup>${SHIFT}</sup>/W⌋ = ${integer(rate)} · io ${shortHex(`0x${io.toString(16)}`)} · trace
      ${shortHex(`0x${trace.toString(16)}`)}</p></article>`;
}

/** The sum that a payout is, and its division. */
const sumOf = ({ inferences, numerator: total, payout, fraction, batch }: ExplainedBatch): Markup =>
  stackedTable(
    `Batch ${batch}: from inferences to the payout`,
    [
      { heading: "OPEN", numeric: true, cell: ([, , open]: readonly [Part, Part, Part]) => open },
      { heading: "Payment", prose: true, heads: true, cell: ([name]) => name },
      { heading: "Score × rate, in 2⁻³² units", numeric: true, cell: ([, n]) => n },
    ],
    [
      ...inferences.map(
        ({ payment, numerator: n }) => [`payment ${payment}`, numerator(n), exactAmount(n)] as const,
      ),
      ["sum", numerator(total), exactAmount(total)],
      ["cut off (below one unit)", numerator(fraction), exactAmount(fraction)],
      [
        html`<strong>the payout that was proven</strong>`,
        numerator(payout << BigInt(SHIFT)),
        html`<strong>${exactAmount(payout << BigInt(SHIFT))}</strong>`,
      ],
    ],
  );

const settledWord = ({ settled }: ExplainedBatch): string =>
  settled === null
    ? "proven; no chain was asked whether it is settled"
    : settled
      ? "settled"
      : "proven, not settled yet";

const batchSection = (batch: ExplainedBatch): Markup =>
  section(
    `batch-${batch.batch}`,
    `Batch ${batch.batch}`,
    html`${openText(batch.payout)} for ${counted(batch.payments, "payment")}; ${settledWord(batch)}.`,
    html`${sumOf(batch)}<div class="boxes wide">${batch.inferences.map((inference) => inferenceEntry(inference, batch.gradient))}</div>`,
  );

const tile = (title: string, figure: Part, words: Part): Markup =>
  html`<div class="tile"><dt>${title}</dt><dd class="figure">${figure}</dd><dd>${words}</dd></div>`;

/** Where the money is: what the chain said, or that it was not asked. */
function moneyTiles({ chain, batches, total, sureShare }: PaymentExplanation): Part {
  const here = tile(
    "Explained here",
    amount(total),
    `OPEN, in ${counted(batches.length, "batch", "batches")}`,
  );
  const sure =
    sureShare !== null && tile("Sure", percent(sureShare), "of it came by scores that are surely above 0");
  if (!chain.asked)
    return [here, sure, tile("Settled and claimed", "not known", `no chain was asked: ${chain.why}`)];
  const { earned, claimed, claimable, waiting } = chain;
  return [
    here,
    sure,
    tile("Settled", amount(earned), "OPEN, by the chain’s books, in all batches"),
    tile("Claimed", amount(claimed), "OPEN were paid to the position’s holder"),
    tile("To be claimed", amount(claimable), "OPEN: tributary claim"),
    ...(waiting > 0n ? [tile("Waiting", amount(waiting), "OPEN are proven, and not settled yet")] : []),
  ];
}

/** Why one position was paid, as one HTML file: no network, no script. All texts are taken for hostile and escaped. */
export function renderExplanation(explanation: PaymentExplanation): string {
  const { contributor, position, total, batches, checks, contributorRows, datanet } = explanation;
  const answers = batches.flatMap(({ inferences }) => inferences);
  const paying = answers.filter((inference) => inference.score > 0);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Why was I paid this? · Tributary</title>
<link rel="icon" href="data:,">
<style>${trusted(COLOURS + PAGE + SECTIONS + PRINT)}</style></head><body>
<header><p class="kicker">Tributary · why was I paid this?</p>
<h1><span class="money">${openDigits(total)}</span> OPEN for ${nameOf(contributor)}</h1>
<dl class="tiles">${moneyTiles(explanation)}</dl>
<p class="lead">Position ${position} of ${nameOf(datanet)}, with ${counted(contributorRows, "row")}. Of
  ${counted(answers.length, "answer")} in ${counted(batches.length, "batch", "batches")}, its score is above 0 in
  ${integer(paying.length)}: there it has a share of the fee, elsewhere nothing.</p>
${meanings(batches).map((sentence) => html`<p class="lead meaning">${sentence}</p>`)}</header>
<main>
${batches.map(batchSection)}
${section(
  "checked",
  "What was checked",
  "Before a word of this page was written:",
  html`<ul>${checks.map((check) => html`<li>${check}</li>`)}</ul>
  <p class="lead">What is called ${SURE}.</p>
  <p class="lead">Parts of rows are whole numbers that add up to the proven score. The proof fixes the score of a position, not the
    parts of its rows: those follow from the same integers u and the rows’ influence, which the operator keeps secret.</p>`,
)}
</main></body></html>
`;
  return page.text;
}
