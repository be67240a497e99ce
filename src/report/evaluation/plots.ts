import type { Evaluation } from "../../evaluation/results.ts";
import { counted } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { curve } from "./curve.ts";
import { histogram } from "./histogram.ts";

const figure = (title: string, note: string, body: Markup): Markup =>
  html`<figure class="box"><figcaption>${title} <small>${note}</small></figcaption>${body}</figure>`;

const KEY = html`<ul class="legend"><li><span class="swatch p0"></span>by rows</li>
  <li><span class="swatch p1"></span>by contributors</li></ul>`;

const bitsName = (bits: number | null): string => (bits === null ? "float" : String(bits));

/** The pictures of what was measured; none for what was not. */
export function plots({ parts, attribution }: Evaluation): Markup {
  const { "lds-rows": rows, "lds-contributors": paid, bits, widths } = parts;
  const distribution = (result: NonNullable<typeof paid>, unit: string): Markup =>
    figure(
      `LDS by ${unit}, of each query`,
      `${counted(result.subsets, "retrained half", "retrained halves")}; the broken line is the mean, the band its 95 % interval`,
      histogram(
        result.each,
        result.integers,
        `Queries by their LDS by ${unit}; mean ${result.integers.value.toFixed(3)}`,
      ),
    );
  return html`<div class="plots">
    ${rows && distribution(rows, "rows")}
    ${paid && distribution(paid, "contributors")}
    ${
      bits &&
      figure(
        "LDS against the bits of an entry",
        `k = ${attribution.width}; bars are 95 % intervals over the queries`,
        html`${curve({
          label: `LDS at ${bits.map((point) => bitsName(point.bits)).join(", ")} bits`,
          labels: bits.map((point) => bitsName(point.bits)),
          series: [
            { name: "by rows", colour: "p0", points: bits.map((point) => point.rows) },
            { name: "by contributors", colour: "p1", points: bits.map((point) => point.contributors) },
          ],
        })}${KEY}`,
      )
    }
    ${
      widths &&
      figure(
        "LDS against the sketch's width k",
        "rows in float, contributors in the integers that would be paid by",
        html`${curve({
          label: `LDS at k = ${widths.map(({ width }) => width).join(", ")}`,
          labels: widths.map(({ width }) => String(width)),
          series: [
            { name: "by rows", colour: "p0", points: widths.map((point) => point.rows) },
            { name: "by contributors", colour: "p1", points: widths.map((point) => point.contributors) },
          ],
        })}${KEY}`,
      )
    }
  </div>`;
}
