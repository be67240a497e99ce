import type { Gate } from "../../evaluation/results.ts";
import { html, type Markup } from "../markup.ts";
import { table, verdict } from "../parts.ts";
import { intervalText, limitText, valueText } from "./gate-lines.ts";

const outcome = ({ passed }: Gate): Markup =>
  passed === null ? html`<span class="quiet">not measured</span>` : verdict(passed, "met", "missed");

/** The gates with what was measured; a missed one and one that was not measured are said to be so. */
export const gateTable = (gates: readonly Gate[], caption: string): Markup =>
  table(
    caption,
    [
      { heading: "What", cell: ({ name }) => name, prose: true },
      { heading: "Gate", cell: outcome },
      { heading: "Measured", cell: valueText, numeric: true },
      { heading: "95 % interval", cell: intervalText, numeric: true },
      { heading: "Limit", cell: ({ limit }) => limitText(limit), numeric: true },
      { heading: "Published by others", cell: ({ published }) => published ?? "", prose: true },
    ],
    gates,
  );
