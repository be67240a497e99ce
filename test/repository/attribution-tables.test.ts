import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type BenchResults, type MeasuredSetting, merged } from "../../bench/attribution/results.ts";
import { attributionTables, withTables } from "../../scripts/generate/attribution-tables.ts";
import { gatesOf } from "../../src/evaluation/gates.ts";
import type { PartResults } from "../../src/evaluation/results.ts";

const DOCUMENT = readFileSync(new URL("../../docs/attribution.md", import.meta.url), "utf8");

const measured = (value: number) => ({ value, overQueries: { low: value - 0.01, high: value + 0.01 } });
const gain = (value: number) => ({ share: measured(value), worst: value + 0.2, top: 1 });
const lds = (integers: number) => ({
  width: 127,
  subsets: 50,
  integers: measured(integers),
  float: measured(0.9),
  each: [],
});
const split = (value: number) => ({
  spearman: measured(value),
  least: value - 0.5,
  variation: measured(0.043),
  pooledVariation: 0.021,
  sign: measured(0.95),
  weightedSign: 0.999,
  nobody: { scores: 2, retraining: 1, both: 0 },
});
const parts: PartResults = {
  "lds-contributors": lds(0.895),
  "leave-one-contributor-out": {
    contributors: 30,
    of: 100,
    trainings: 152,
    integers: split(0.9),
    float: split(0.91),
    noise: { agreement: measured(0.81), ceiling: 0.9, score: measured(0.85) },
    each: [],
  },
  methods: [{ name: "number of rows", comparison: split(-0.2) }],
  exact: {
    parameters: 650,
    contributors: measured(0.97),
    influence: split(0.99),
    rows: measured(0.7),
    kept: 0.994,
  },
  null: { shuffles: 10, value: -0.03, low: -0.05, high: 0.05 },
  bits: [
    { bits: null, rows: measured(0.91), contributors: measured(0.92) },
    { bits: 8, rows: measured(0.81), contributors: measured(0.82) },
  ],
  widths: [{ width: 63, rows: measured(0.71), contributors: measured(0.72) }],
  attacks: {
    rows: 1517,
    contributors: 37,
    results: [
      {
        attack: "outlier",
        attackers: 6,
        undefended: gain(1.4),
        defended: gain(1.3),
        retrained: gain(1.8),
        limit: 1.25,
        passed: false,
      },
    ],
  },
};
const one: MeasuredSetting = {
  data: {
    name: "made up",
    rows: 3823,
    labels: 10,
    contributors: 100,
    heldOut: 1797,
    queries: 100,
    joined: 12,
    certain: 3,
  },
  model: { kind: "linear", ridge: 1e-4, accuracy: 0.947, members: 1 },
  attribution: { method: "influence", tier: "small", width: 127 },
  options: { seed: 1, subsets: 50, repeats: 1, leftOut: 60 },
  parts,
  gates: gatesOf(parts, { kind: "linear", members: 1 }),
  seconds: { prepare: 4, "lds-contributors": 1234 },
};
const results: BenchResults = {
  settings: [
    { name: "made up", measured: one },
    { name: "elsewhere", measured: null },
  ],
};

test("every gate is a row with limit, value, interval and verdict; what was not measured is said", () => {
  const text = attributionTables(results);
  const lines = text.split("\n");
  for (const line of [
    "| LDS by contributors, integers that are paid by | ≥ 0.8 | 0.895 | 0.885 – 0.905 | met |",
    "| size of the LDS of shuffled scores | ≤ 0.02 | 0.0300 |  | **missed** |",
    "| gain of the Outlier Attack, mean over attackers | ≤ 1.25 | 1.300 | 1.290 – 1.310 | **missed** |",
    "| LDS by rows, integers | ≥ 0.8 |  |  | not measured |",
    "| outlier | 6 | 1.40 [1.39, 1.41] | 1.30 [1.29, 1.31] | 1.50 | 1.80 [1.79, 1.81] |",
    "| integers that are paid by | 0.900 (0.400) | 0.043 | 0.021 | 0.950 | 0.999 | 2; retraining 1, both 0 |",
    "| exact influence in all parameters | 0.990 (0.490) | 0.043 | 0.021 | 0.950 | 0.999 | 2; retraining 1, both 0 |",
    "| number of rows | -0.200 (-0.700) | 0.043 | 0.021 | 0.950 | 0.999 | 2; retraining 1, both 0 |",
    "Left out: 30 of 100 contributors, drawn; 152 trainings. Two sets of retrainings agree by 0.810, so that a score without noise could reach about 0.900 against one of them; the scores reach 0.850.",
    "12 of 3,823 rows were taken for near another one. 3 of 100 requests were answered with a probability of 1 in float32. The k columns hold 99.4 % of the scores' variance. Exact influence in all 650 parameters has an LDS by contributors of 0.970.",
    "| LDS, bits of u and of Φ | float | 8 |",
    "| by contributors | 0.920 | 0.820 |",
    "| by rows, float | 0.710 |",
    "Not measured: the data set was absent.",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${text}`);
  }
  assert.equal(
    lines.filter((line) => /(met|missed\*\*|not measured) \|$/.test(line)).length,
    one.gates.length,
  );
  assert.match(text, /3,823 rows of 100 contributors.* took 1,238 s/);
});

test("the document keeps what is around its tables, and a changed number is a difference", () => {
  const written = withTables(DOCUMENT, results);
  assert.equal(withTables(written, results), written);
  assert.ok(written.includes(attributionTables(results)));
  assert.ok(written.startsWith(DOCUMENT.slice(0, DOCUMENT.indexOf("<!-- begin"))));
  assert.ok(written.endsWith(DOCUMENT.slice(DOCUMENT.indexOf("<!-- end"))));
  const stale = written.replace("| 0.895 |", "| 0.995 |");
  assert.notEqual(stale, written);
  assert.equal(withTables(stale, results), written);
  assert.throws(() => withTables(DOCUMENT.replace("<!-- begin", "<!--"), results), RangeError);
});

test("settings that are measured again replace their results and no others, in the order of the settings", () => {
  const again = { ...one, seconds: { prepare: 5 } };
  const settings = [
    { name: "new", measured: one },
    { name: "made up", measured: again },
    { name: "elsewhere", measured: null },
  ];
  const before = { settings: [...results.settings.slice(0, 1), { name: "elsewhere", measured: one }] };
  assert.deepEqual(merged(before, { settings }, ["made up", "elsewhere", "new"]).settings, [
    settings[1],
    before.settings[1],
    settings[0],
  ]);
  assert.deepEqual(merged({ settings: [] }, { settings }, ["elsewhere"]).settings, [settings[2]]);
});

test("settings that differ in λ are one curve, from weak to strong", () => {
  const at = (ridge: number, accuracy: number, value: number): BenchResults["settings"][number] => ({
    name: `at ${ridge}`,
    curve: "over λ",
    measured: {
      ...one,
      model: { ...one.model, ridge, accuracy },
      parts: { "lds-contributors": lds(value) },
    },
  });
  const text = attributionTables({
    settings: [at(1e-3, 0.68, 0.98), { name: "made up", measured: one }, at(1e-4, 0.83, 0.74)],
  });
  for (const line of [
    "#### over λ",
    "| λ | 0.0001 | 0.001 |",
    "| accuracy | 83.0 % | 68.0 % |",
    "| LDS by contributors, integers | 0.740 | 0.980 |",
  ])
    assert.ok(text.split("\n").includes(line), `${line}\n${text}`);
  assert.equal(text.match(/#### /g)!.length, 2);
  assert.match(text, /linear, λ and accuracy below, 1,797 held-out rows/);
});

test("an ensemble says where its members are from", () => {
  const model = { ...one.model, members: 5, membersFrom: "halves" } as const;
  const text = attributionTables({ settings: [{ name: "several", measured: { ...one, model } }] });
  assert.match(text, /5 × linear, the further ones from halves, λ/);
});
