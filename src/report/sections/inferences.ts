import { nameOf } from "../content.ts";
import { counted, openText } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { section } from "../parts.ts";
import type { ReportView } from "../view.ts";
import { inferenceEntry } from "./inference.ts";

/** Batches are open until this many answers are in sight. */
const SHOWN = 8;

const LEAD = html`Open an answer to see what was asked, what the model said, whose rows helped it, and who got nothing.
  An answer’s amounts are rounded down to the unit one by one; a batch is rounded once, so a payout can be a few
  units more than its parts.`;

/** Every answer with its split, batch by batch. */
export function inferences(view: ReportView): Markup {
  const places = new Map(view.report.inferences.map((inference, place) => [inference, place + 1]));
  let shown = 0;
  const groups = view.batches.map(({ batch, inferences: list }, place) => {
    const open = shown < SHOWN;
    shown += list.length;
    const entries = list.map((inference) => inferenceEntry(view, inference, places.get(inference)!));
    return html`<details class="batch"${open && html` open`}>
      <summary><h3>Batch ${place + 1}</h3>
      <span class="quiet">${nameOf(view.model(batch.indexId))} · ${counted(list.length, "answer")} ·
        ${openText(batch.paid)} paid</span></summary>${entries}</details>`;
  });
  return section("answers", "Answer by answer", LEAD, groups);
}
