import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type BenchResults, type MeasuredSetting, RESULTS } from "../../bench/attribution/results.ts";
import type { Measured } from "../../src/evaluation/types.ts";
import { intervalText, limitText, valueText, verdictText } from "../../src/report/evaluation/gate-lines.ts";
import { SPLIT_COLUMNS, splitLines, splitNote } from "../../src/report/evaluation/split-lines.ts";

const DOCUMENT = "docs/attribution.md";
const BEGIN =
  "<!-- begin: machine-written by scripts/generate/attribution-tables.ts from bench/results/attribution.json -->";
const END = "<!-- end: machine-written -->";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const whole = (x: number): string => x.toLocaleString("en");
const three = ({ value }: Measured): string => value.toFixed(3);

function facts({ data, model, attribution, options, seconds }: MeasuredSetting): string {
  const taken = Object.values(seconds).reduce((sum, value) => sum + (value ?? 0), 0);
  const { members, membersFrom, kind } = model;
  const others = membersFrom === undefined ? "" : `, the further ones from ${membersFrom}`;
  const models = members === 1 ? kind : `${members} × ${kind}${others}`;
  return [
    `${whole(data.rows)} rows of ${data.contributors} contributors, ${data.labels} labels;`,
    `${models}, λ ${model.ridge}, ${(100 * model.accuracy).toFixed(1)} % of ${whole(data.heldOut)} held-out rows;`,
    `${attribution.method}${attribution.gradient === "objective" ? "" : " of the loss alone, which was the score when this was measured"}, k = ${attribution.width}; ${options.subsets} halves of the rows and of the contributors,`,
    `${options.repeats} training(s) each, ${data.queries} requests, seed ${options.seed}. It took ${whole(Math.round(taken))} s; outcomes that were kept from an earlier run took none.`,
  ].join(" ");
}

const gates = ({ gates: all }: MeasuredSetting): string =>
  table(
    ["gate", "limit", "measured", "95 %", ""],
    all.map((gate) => [
      gate.name,
      limitText(gate.limit),
      gate.value === null ? "" : valueText(gate),
      intervalText(gate),
      gate.passed === false ? `**${verdictText(gate)}**` : verdictText(gate),
    ]),
  );

/** One table for a curve: a column for each point. */
function curve(
  title: string,
  points: readonly { readonly name: string; readonly rows: Measured; readonly contributors: Measured }[],
  [byRows, byContributors]: readonly [string, string],
): string {
  return table(
    [title, ...points.map(({ name }) => name)],
    [
      [byRows, ...points.map(({ rows }) => three(rows))],
      [byContributors, ...points.map(({ contributors }) => three(contributors))],
    ],
  );
}

function curves({ parts: { bits, widths } }: MeasuredSetting): string[] {
  const named = (bits ?? []).map((point) => ({
    ...point,
    name: point.bits === null ? "float" : String(point.bits),
  }));
  const byWidth = (widths ?? []).map((point) => ({ ...point, name: String(point.width) }));
  return [
    ...(named.length > 0 ? [curve("LDS, bits of u and of Φ", named, ["by rows", "by contributors"])] : []),
    ...(byWidth.length > 0
      ? [curve("LDS, k", byWidth, ["by rows, float", "by contributors, integers"])]
      : []),
  ];
}

function attacks({ parts }: MeasuredSetting): string[] {
  if (parts.attacks === undefined) return [];
  const { rows, contributors, results } = parts.attacks;
  const gain = ({ share }: Pick<(typeof results)[number]["defended"], "share">): string =>
    `${share.value.toFixed(2)} [${share.overQueries!.low.toFixed(2)}, ${share.overQueries!.high.toFixed(2)}]`;
  return [
    table(
      [
        `gain on ${whole(rows)} rows of ${contributors} contributors`,
        "attackers",
        "undefended",
        "defended",
        "worst",
        "if retraining paid",
      ],
      results.map(({ attack, attackers, undefended, defended, retrained }) => [
        attack,
        String(attackers),
        gain(undefended),
        gain(defended),
        defended.worst.toFixed(2),
        retrained ? gain(retrained) : "",
      ]),
    ),
  ];
}

/** Every way to split fees that was measured, against leaving contributors out. */
function splits({ parts }: MeasuredSetting): string[] {
  const lines = splitLines(parts);
  if (lines.length === 0) return [];
  const note = splitNote(parts);
  return [
    ...(note === undefined ? [] : [note]),
    table(
      ["fees split by", ...SPLIT_COLUMNS.map(({ heading }) => heading)],
      lines.map(({ name, comparison }) => [name, ...SPLIT_COLUMNS.map(({ text }) => text(comparison))]),
    ),
  ];
}

/** Rows and requests that a reader should know of. */
function notes({ data, parts: { exact } }: MeasuredSetting): string[] {
  const said = [
    ...(data.joined === undefined
      ? []
      : [`${whole(data.joined)} of ${whole(data.rows)} rows were taken for near another one.`]),
    ...(data.certain === undefined
      ? []
      : [`${data.certain} of ${data.queries} requests were answered with a probability of 1 in float32.`]),
    ...(exact === undefined
      ? []
      : [`The k columns hold ${(100 * exact.kept).toFixed(1)} % of the scores' variance.`]),
    ...(exact?.contributors === undefined
      ? []
      : [
          `Exact influence in all ${whole(exact.parameters)} parameters has an LDS by contributors of ${three(exact.contributors)}.`,
        ]),
  ];
  return said.length === 0 ? [] : [said.join(" ")];
}

/** Settings that differ in λ alone: accuracy and LDS by contributors of each, from weak to strong. */
function ridgeCurve(name: string, settings: BenchResults["settings"]): string {
  const points = settings
    .flatMap(({ curve: of, measured }) => (of === name && measured !== null ? [measured] : []))
    .sort((a, b) => a.model.ridge - b.model.ridge);
  const [one] = points;
  if (one === undefined) return `#### ${name}\n\nNot measured: the data set was absent.`;
  return [
    `#### ${name}`,
    facts(one).replace(/ λ [^,]+, [^;]+ of /, " λ and accuracy below, "),
    table(
      ["λ", ...points.map(({ model }) => String(model.ridge))],
      [
        ["accuracy", ...points.map(({ model }) => `${(100 * model.accuracy).toFixed(1)} %`)],
        [
          "LDS by contributors, integers",
          ...points.map(({ parts }) =>
            parts["lds-contributors"] === undefined ? "" : three(parts["lds-contributors"].integers),
          ),
        ],
      ],
    ),
  ].join("\n\n");
}

/** The results as Markdown: of each setting what was measured on, the gates, and the curves; settings of one curve together. */
export const attributionTables = ({ settings }: BenchResults): string =>
  settings
    .filter(({ curve: of }, at) => of === undefined || settings.findIndex((one) => one.curve === of) === at)
    .map(({ name, curve: of, measured }) =>
      of !== undefined
        ? ridgeCurve(of, settings)
        : measured === null
          ? `#### ${name}\n\nNot measured: the data set was absent.`
          : [
              `#### ${name}`,
              facts(measured),
              ...notes(measured),
              gates(measured),
              ...splits(measured),
              ...attacks(measured),
              ...curves(measured),
            ].join("\n\n"),
    )
    .join("\n\n");

/**
 * A document with the tables between its two marks.
 *
 * @throws RangeError where the marks are missing or in the wrong order
 */
export function withTables(document: string, results: BenchResults): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError(`${DOCUMENT} has lost the marks of its tables`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${attributionTables(results)}\n\n${document.slice(to)}`;
}

/**
 * docs/attribution.md with the tables of the benchmark's results. Before there are results its tables stay what they are.
 *
 * @returns path from the repository's root → contents
 */
export async function generate(): Promise<Map<string, string>> {
  if (!existsSync(RESULTS)) return new Map();
  const results = JSON.parse(await readFile(RESULTS, "utf8")) as BenchResults;
  return new Map([[DOCUMENT, withTables(await readFile(DOCUMENT, "utf8"), results)]]);
}
