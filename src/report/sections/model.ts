import { nameOf } from "../content.ts";
import { counted, duration, integer, percent } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { section } from "../parts.ts";
import type { Report } from "../schema.ts";
import { trackBar } from "../svg/track-bar.ts";
import type { ReportView } from "../view.ts";

const line = (name: string, part: number, colour: string): Markup =>
  html`<li><span>${name}</span>${trackBar(part, colour)}<strong>${percent(part)}</strong></li>`;

const model = (entry: Report["models"][number], heldOut: number): Markup =>
  html`<article class="card"><h3>${nameOf(entry.name)}</h3>
    <p>${nameOf(entry.base, 80)} with ${nameOf(entry.adapter, 80)}: ${counted(entry.parameters, "trained number")},
      ${counted(entry.trainedRows, "row")}.</p>
    <ul class="accuracy">${line("this model", entry.accuracy, "pool")}
    ${line("always the commonest label", entry.majorityBaseline, "rest")}</ul>
    <p class="quiet">Right answers on ${counted(heldOut, "held-out row")}. Trained in ${duration(entry.trainMs)},
      attribution index of ${counted(entry.positions, "position")} in ${duration(entry.indexMs)}; registered as
      index ${entry.indexId}.</p>
    </article>`;

/** Whether the model learned anything from the data: beside a guess that needs no data. */
export function models({ report }: ReportView): Markup {
  const { dataset, models: list } = report;
  const what = dataset.kind === "text" ? "sentences" : "rows of numbers";
  const origin =
    dataset.assignment === "column" ? "named in the data" : "dealt their rows by a seeded, label-skewed draw";
  return section(
    "model",
    "The data and the model",
    html`${integer(dataset.rows)} ${what} with ${counted(dataset.labels.length, "label")}, from
      ${counted(dataset.contributors, "contributor")} (${origin}).`,
    html`<div class="cards">${list.map((entry) => model(entry, dataset.heldOut))}</div>`,
  );
}
