import type { Evaluation } from "../../evaluation/results.ts";
import { html, type Markup } from "../markup.ts";
import { table } from "../parts.ts";
import { SPLIT_COLUMNS, type SplitLine, splitLines, splitNote } from "./split-lines.ts";

/** Every way to split fees that was measured, against leaving contributors out; nothing where none was. */
export function splits({ parts }: Evaluation): Markup | false {
  const lines = splitLines(parts);
  if (lines.length === 0) return false;
  const note = splitNote(parts);
  return html`${table<SplitLine>(
    "Against leaving one contributor out and training again",
    [
      { heading: "Fees split by", cell: ({ name }) => name, prose: true },
      ...SPLIT_COLUMNS.map(({ heading, text }) => ({
        heading,
        cell: ({ comparison }: SplitLine) => text(comparison),
        numeric: true,
      })),
    ],
    lines,
  )}${note !== undefined && html`<p class="quiet">${note}</p>`}`;
}
