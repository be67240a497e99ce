import type { Evaluation } from "../../evaluation/results.ts";
import type { Measured } from "../../evaluation/types.ts";
import { duration, integer, percent } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { table } from "../parts.ts";

interface Line {
  readonly name: string;
  readonly measured: Measured;
}

const range = (interval: Measured["overQueries"]): string =>
  interval === undefined ? "" : `${interval.low.toFixed(3)} – ${interval.high.toFixed(3)}`;

function measuredLines({ parts }: Evaluation): Line[] {
  const {
    "lds-rows": rows,
    "lds-contributors": paid,
    exact,
    loo,
    mislabel,
    bits,
    widths,
    attacks,
    circuit,
  } = parts;
  const lds = (result: typeof paid, unit: string): Line[] =>
    result === undefined
      ? []
      : [
          { name: `LDS by ${unit}, integers`, measured: result.integers },
          { name: `LDS by ${unit}, float`, measured: result.float },
        ];
  return [
    ...lds(rows, "rows"),
    ...(rows ? [{ name: "LDS by rows, u in integers, rows unrounded", measured: rows.explained }] : []),
    ...(rows ? [{ name: "LDS by rows of the plain gradient dot product", measured: rows.gradientDot }] : []),
    ...lds(paid, "contributors"),
    ...(exact?.contributors
      ? [
          {
            name: "LDS by contributors of the exact influence in all parameters",
            measured: exact.contributors,
          },
        ]
      : []),
    ...(exact
      ? [{ name: "single rows, Spearman of the integers with the exact influence", measured: exact.rows }]
      : []),
    ...(loo
      ? [{ name: `leave-one-out Pearson, ${loo.rows} rows, integers of the trace`, measured: loo.integers }]
      : []),
    ...(mislabel ? [{ name: "AUC of wrong labels", measured: mislabel.auc }] : []),
    ...(bits ?? []).flatMap(({ bits: count, rows: byRows, contributors }) => [
      { name: `LDS by rows, ${count === null ? "float" : `${count} bits`}`, measured: byRows },
      { name: `LDS by contributors, ${count === null ? "float" : `${count} bits`}`, measured: contributors },
    ]),
    ...(widths ?? []).flatMap(({ width, rows: byRows, contributors }) => [
      { name: `LDS by rows, k = ${width}, float`, measured: byRows },
      { name: `LDS by contributors, k = ${width}, integers`, measured: contributors },
    ]),
    ...(attacks?.results ?? []).flatMap(({ attack, attackers, undefended, defended, retrained }) => [
      { name: `${attack}: gain of ${attackers} attackers, undefended`, measured: undefended.share },
      {
        name: `${attack}: with the defences (at most ${defended.worst.toFixed(3)})`,
        measured: defended.share,
      },
      ...(retrained ? [{ name: `${attack}: if retraining paid`, measured: retrained.share }] : []),
    ]),
    ...(circuit ? [{ name: `circuit = reference, ${circuit.values} values`, measured: circuit.equal }] : []),
  ];
}

/** Every number with both intervals, for those who read tables rather than pictures. */
export function numbers(evaluation: Evaluation): Markup {
  const lines = measuredLines(evaluation);
  return html`<details class="more"><summary>All numbers</summary>${table<Line>(
    "Values with their 95 % intervals",
    [
      { heading: "What", cell: ({ name }) => name, prose: true },
      { heading: "Value", cell: ({ measured }) => measured.value.toFixed(3), numeric: true },
      { heading: "over queries", cell: ({ measured }) => range(measured.overQueries), numeric: true },
      { heading: "over subsets", cell: ({ measured }) => range(measured.overSubsets), numeric: true },
    ],
    lines,
  )}</details>`;
}

const fact = (name: string, value: Part): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** What was evaluated and how: enough to do it again. */
export function facts({ data, model, attribution, options, seconds }: Evaluation): Markup {
  const times = Object.entries(seconds).map(([part, value]) => `${part} ${duration(1000 * (value ?? 0))}`);
  return html`<dl class="facts">
    ${fact("Data", `${integer(data.rows)} rows, ${data.labels} labels, ${data.contributors} contributors`)}
    ${fact("Model", `${model.kind}, λ = ${model.ridge}, accuracy ${percent(model.accuracy)} on ${integer(data.heldOut)} held-out rows`)}
    ${fact("Attribution", `${attribution.method}, k = ${attribution.width} (tier ${attribution.tier})`)}
    ${fact("Measured on", `${data.queries} queries, ${options.subsets} halves of the rows and of the contributors, ${options.repeats} training(s) each, seed ${options.seed}`)}
    ${data.joined !== undefined && fact("Near another row", `${integer(data.joined)} rows (${percent(data.joined / data.rows)})`)}
    ${data.certain !== undefined && fact("Certain in float32", `${data.certain} of ${data.queries} queries`)}
    ${fact("Took", times.join(", "))}
  </dl>`;
}
