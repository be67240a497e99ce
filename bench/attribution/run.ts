/**
 * Measures the attribution gates by retraining and prints the gate table: node bench/attribution/run.ts [NAME…] [--fresh].
 *
 * Writes bench/results/attribution.json, where settings that are not asked for keep their results, and out/bench-attribution/report.html. Outcomes of retrained models are kept under
 * .cache, so that a run that was stopped goes on.
 */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startProgress } from "../../src/cli/progress.ts";
import { evaluateRows } from "../../src/evaluation/evaluate-rows.ts";
import { outcomeStore } from "../../src/evaluation/outcome-store.ts";
import type { Evaluation } from "../../src/evaluation/results.ts";
import { defaultWorkers } from "../../src/evaluation/setup.ts";
import { writeWhole } from "../../src/files/disk.ts";
import { DEFAULT_METHOD } from "../../src/operations/attribution/options.ts";
import { readRows } from "../../src/operations/import.ts";
import { gateLines } from "../../src/report/evaluation/gate-lines.ts";
import { renderEvaluations } from "../../src/report/evaluation/html.ts";
import { benchRows, howToHave, isThere } from "./data.ts";
import { digitsBase } from "./lora-base.ts";
import { type BenchResults, summarise, writeResults } from "./results.ts";
import { CONTRIBUTORS, SETTINGS, type Setting } from "./settings.ts";

const SEED = 1;
const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const OUTCOMES = path(".cache/bench/attribution/outcomes");
const PAGE = path("out/bench-attribution/report.html");

async function measure(setting: Setting): Promise<Evaluation> {
  const { data, rows, tier, kind, ridge, subsets, queries, leftOut, parts } = setting;
  const contributors = setting.contributors ?? CONTRIBUTORS;
  const { file, test, columns } = await benchRows(data, rows, contributors);
  const dealt = columns.contributor === undefined ? { contributors } : {};
  const source = { file, columns, ...dealt, heldOut: { file: test }, seed: SEED, tier };
  const progress = startProgress();
  try {
    const imported = await readRows({ ...source, name: setting.name }, progress.report);
    const options = {
      tier,
      seed: SEED,
      subsets,
      repeats: setting.repeats ?? 1,
      members: setting.members ?? 1,
      membersFrom: setting.membersFrom ?? "seeds",
      method: DEFAULT_METHOD,
      queries,
      leftOut,
      leftOutContributors: setting.leftOutContributors,
      noCopies: setting.noCopies,
      parts,
      workers: defaultWorkers(),
    };
    const onnx = kind === "lora" ? await digitsBase(rows) : undefined;
    return await evaluateRows(
      imported,
      { adapter: { kind }, ridge, onnx },
      options,
      outcomeStore(OUTCOMES),
      progress.report,
    );
  } finally {
    progress.end();
  }
}

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
if (process.argv.includes("--fresh")) rmSync(OUTCOMES, { recursive: true, force: true });

const evaluations: Evaluation[] = [];
const curves = new Map<string, Evaluation[]>();
const results: BenchResults["settings"][number][] = [];
for (const setting of SETTINGS.filter(
  ({ name }) => asked.length === 0 || asked.some((one) => name.includes(one)),
)) {
  const named = { name: setting.name, ...(setting.curve !== undefined && { curve: setting.curve }) };
  process.stdout.write(`\n${setting.name}\n`);
  if (!isThere(setting.data)) {
    process.stdout.write(`not measured: ${setting.data} is absent; ${howToHave(setting.data)}\n`);
    results.push({ ...named, measured: null });
    continue;
  }
  const evaluation = await measure(setting);
  results.push({ ...named, measured: summarise(evaluation) });
  if (setting.curve !== undefined)
    curves.set(setting.curve, [...(curves.get(setting.curve) ?? []), evaluation]);
  else evaluations.push(evaluation);
  process.stdout.write(`${gateLines(evaluation.gates)}\n`);
  const seconds = Object.values(evaluation.seconds).reduce((sum, value) => sum + (value ?? 0), 0);
  process.stdout.write(
    `took ${seconds.toFixed(0)} s; accuracy ${(100 * evaluation.model.accuracy).toFixed(1)} %, λ ${evaluation.model.ridge}\n`,
  );
}
writeWhole(PAGE, renderEvaluations(evaluations, curves));
writeResults(
  { settings: results },
  SETTINGS.map(({ name }) => name),
);
process.stdout.write(`\npage  ${PAGE}\n`);
