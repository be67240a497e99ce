import { createHash } from "node:crypto";
import { balanceChecks } from "./checks.ts";
import { html, type Markup, trusted } from "./markup.ts";
import type { Report } from "./schema.ts";
import { SCRIPT } from "./script.ts";
import { batches } from "./sections/batches.ts";
import { claims } from "./sections/claims.ts";
import { colophon } from "./sections/colophon.ts";
import { contributors } from "./sections/contributors.ts";
import { headline } from "./sections/headline.ts";
import { heat } from "./sections/heat.ts";
import { inferences } from "./sections/inferences.ts";
import { journey } from "./sections/journey.ts";
import { models } from "./sections/model.ts";
import { money } from "./sections/money.ts";
import { ranking } from "./sections/ranking.ts";
import { trust } from "./sections/trust.ts";
import { COLOURS } from "./style/colours.css.ts";
import { PAGE } from "./style/page.css.ts";
import { PRINT } from "./style/print.css.ts";
import { SECTIONS } from "./style/sections.css.ts";
import { createView } from "./view.ts";

/** The browser refuses every script but ours and every request, whatever a name or a request managed to write. */
const POLICY = [
  "default-src 'none'",
  "img-src data:",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const CHAPTERS: readonly (readonly [string, string])[] = [
  ["paid", "Who was paid"],
  ["contributors", "Why"],
  ["answers", "Answer by answer"],
  ["pattern", "The whole pattern"],
  ["money", "The fees"],
  ["batches", "Proofs"],
  ["claims", "Claims"],
  ["model", "Model"],
  ["trust", "What to trust"],
];

function contents(): Markup {
  const links = CHAPTERS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<nav aria-label="On this page"><ul>${links}</ul></nav>`;
}

/**
 * The report as one HTML file: no network, no fonts or pictures from elsewhere, readable without JavaScript.
 *
 * @param report a report that passed `reportSchema`; all its texts are taken for hostile and escaped
 */
export function renderReport(report: Report): string {
  const view = createView(report);
  const checks = balanceChecks(report);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Who was paid, and why · Tributary</title>
<link rel="icon" href="data:,">
<style>${trusted(COLOURS + PAGE + SECTIONS + PRINT)}</style></head><body>
<a class="skip" href="#paid">Skip to who was paid</a>
${headline(view, checks)}
${contents()}
<main>
${journey(view)}
${ranking(view)}
${contributors(view)}
${inferences(view)}
${heat(view)}
${money(view, checks)}
${batches(view)}
${claims(view)}
${models(view)}
${trust(view)}
</main>
${colophon(view)}
<script>${trusted(SCRIPT)}</script>
</body></html>
`;
  return page.text;
}
