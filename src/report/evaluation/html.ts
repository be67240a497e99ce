import type { Evaluation } from "../../evaluation/results.ts";
import { html, type Markup, trusted } from "../markup.ts";
import { section } from "../parts.ts";
import { COLOURS } from "../style/colours.css.ts";
import { PAGE } from "../style/page.css.ts";
import { PRINT } from "../style/print.css.ts";
import { SECTIONS } from "../style/sections.css.ts";
import { gateTable } from "./gate-table.ts";
import { facts, numbers } from "./numbers.ts";
import { plots } from "./plots.ts";
import { ridgeCurve } from "./ridge-curve.ts";
import { splits } from "./splits.ts";
import { EVALUATION } from "./style.css.ts";

/** No script at all, and no request. */
const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function verdictOf(evaluations: readonly Evaluation[]): string {
  const gates = evaluations.flatMap((evaluation) => evaluation.gates);
  const count = (passed: boolean | null): number => gates.filter((gate) => gate.passed === passed).length;
  return `${count(true)} gates met, ${count(false)} missed, ${count(null)} not measured.`;
}

const chapter = (evaluation: Evaluation, at: number): Markup =>
  section(
    `evaluation-${at + 1}`,
    `${evaluation.data.name}, ${evaluation.model.kind} model`,
    "",
    html`${facts(evaluation)}${gateTable(evaluation.gates, "Gates")}${splits(evaluation)}${plots(evaluation)}${numbers(evaluation)}`,
  );

const METHOD = html`<section id="method" aria-labelledby="method-title"><h2 id="method-title">How it was measured</h2>
  <p class="lead">The linear datamodeling score (LDS): random halves of the training rows are drawn and a model is trained on each.
    The scores of the rows in a half, summed, predict how likely that model finds the answer to a held-out request. Spearman's
    correlation over the halves is the score of the request; its mean over the requests is the LDS. By contributors, halves of
    the contributors are drawn, and the scores are the integers that fees are split by.</p>
  <p>Leave-one-contributor-out: the model is trained again on the rows of the others, and a contributor's score is held against what
    the answer loses of its log-likelihood. A request's fee is split by positive scores, and by positive losses; the variation is the
    part of the fee that goes elsewhere. A fee that one of them gives to nobody counts as gone elsewhere altogether. A score of 0 is
    half right about a sign.</p></section>`;

/**
 * The evaluations as one HTML file: no network and no script.
 *
 * @param curves evaluations that differ in λ alone, by what they are called together.
 * All names are taken for hostile and escaped.
 */
export function renderEvaluations(
  evaluations: readonly Evaluation[],
  curves: ReadonlyMap<string, readonly Evaluation[]> = new Map(),
): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Do the scores predict retraining? · Tributary</title>
<link rel="icon" href="data:,">
<style>${trusted(COLOURS + PAGE + SECTIONS + PRINT + EVALUATION)}</style></head><body>
<header><p class="kicker">Tributary</p><h1>Do the scores predict retraining?</h1><p class="lead">${verdictOf(evaluations)}</p></header>
<main>${evaluations.map(chapter)}${[...curves].map(ridgeCurve)}${METHOD}</main>
</body></html>
`.text;
}
