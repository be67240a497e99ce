import { html, type Markup, trusted } from "../../src/report/markup.ts";
import { COLOURS } from "../../src/report/style/colours.css.ts";
import { PAGE } from "../../src/report/style/page.css.ts";
import { time, whole } from "./format.ts";
import { logPlot } from "./plot.ts";
import type { Results } from "./results.ts";
import { allTables } from "./tables.ts";
import { type Target, targetTable } from "./targets.ts";

const PLOTS = `
pre { overflow-x: auto; font-size: .8rem; line-height: 1.35; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; font-size: 11px; fill: currentColor; }
svg .grid { stroke: currentColor; opacity: .18; }
svg .x { text-anchor: middle; }
svg .y { text-anchor: end; dominant-baseline: middle; }
svg polyline { fill: none; stroke: currentColor; stroke-width: 2; }
`;

const AXES = { Q: "traces in a batch, Q", C: "positions, C", k: "sketch width, k" } as const;

function plots({ growth }: Results): Markup[] {
  return Object.entries(growth).flatMap(([axis, proofs]) => {
    const name = AXES[axis as keyof typeof AXES];
    const at = { Q: "traces", C: "positions", k: "width" } as const;
    const points = (y: (proof: (typeof proofs)[number]) => number) =>
      proofs.map((proof) => [proof.size[at[axis as keyof typeof at]], y(proof)] as const);
    const constraints = { name: "constraints", points: points((proof) => proof.constraints) };
    const times = { name: "Groth16", points: points((proof) => proof.groth16.median) };
    return [
      logPlot(`Constraints by ${axis}`, name, [constraints], whole),
      logPlot(`Time of Groth16 by ${axis}`, name, [times], time),
    ];
  });
}

/** The run as one HTML file that needs nothing from elsewhere. */
export function renderPage(results: Results, targets: readonly Target[]): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tributary: what a proof costs</title>
<style>${trusted(COLOURS)}${trusted(PAGE)}${trusted(PLOTS)}</style></head>
<body><main>
<h1>What a proof costs</h1>
<p>Growth: tier mini (Q 4, C 16, k 63) with one of its three sizes changed. Both axes are logarithmic.</p>
<div class="plots">${plots(results)}</div>
<h2>Targets</h2><pre>${targetTable(targets)}</pre>
<h2>Every number</h2><pre>${allTables(results)}</pre>
</main></body></html>`;
  return `${page.text}\n`;
}
