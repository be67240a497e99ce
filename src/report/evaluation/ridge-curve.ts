import type { Evaluation } from "../../evaluation/results.ts";
import type { Measured } from "../../evaluation/types.ts";
import { html, type Markup } from "../markup.ts";
import { section } from "../parts.ts";
import { curve } from "./curve.ts";

const KEY = html`<ul class="legend"><li><span class="swatch p0"></span>accuracy</li>
  <li><span class="swatch p1"></span>LDS by contributors</li></ul>`;

/** What λ costs in accuracy and brings in LDS by contributors, from weak to strong. */
export function ridgeCurve([name, points]: readonly [string, readonly Evaluation[]], at: number): Markup {
  const sorted = [...points].sort((a, b) => a.model.ridge - b.model.ridge);
  const labels = sorted.map(({ model }) => String(model.ridge));
  const paid = ({ parts }: Evaluation): Measured => parts["lds-contributors"]?.integers ?? { value: 0 };
  const drawn = curve({
    label: `Accuracy and LDS by contributors at λ ${labels.join(", ")}`,
    labels,
    series: [
      { name: "accuracy", colour: "p0", points: sorted.map(({ model }) => ({ value: model.accuracy })) },
      { name: "LDS by contributors", colour: "p1", points: sorted.map(paid) },
    ],
  });
  return section(
    `curve-${at + 1}`,
    name,
    "Strong λ to the right; bars are 95 % intervals over the queries.",
    html`<div class="plots"><figure class="box">${drawn}${KEY}</figure></div>`,
  );
}
