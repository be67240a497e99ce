/**
 * Are scores that are called sure right about the sign? node bench/attribution/sure.ts NAME…, names of linear settings.
 *
 * Every contributor is left out, and the model trained again on the others' rows; outcomes are kept where `make bench-attribution`
 * keeps its own. Prints a line of docs/attribution.md's table for each setting.
 */
import { fileURLToPath } from "node:url";
import { isSure, scoreMargins } from "../../src/attribution/score-margin.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { evaluationData } from "../../src/evaluation/data.ts";
import { outcomeStore, trainingCode } from "../../src/evaluation/outcome-store.ts";
import { meanOf } from "../../src/evaluation/parts/leave-one-contributor-out.ts";
import { openSetup, type Setup } from "../../src/evaluation/setup.ts";
import { DEFAULT_METHOD } from "../../src/operations/attribution/options.ts";
import { readRows } from "../../src/operations/import.ts";
import { fitModels } from "../../src/operations/training/fit-models.ts";
import { baseFor } from "../../src/operations/training/make-base.ts";
import { benchRows } from "./data.ts";
import { CONTRIBUTORS, SETTINGS, type Setting } from "./settings.ts";

const SEED = 1;
const OUTCOMES = fileURLToPath(new URL("../../.cache/bench/attribution/outcomes", import.meta.url));
const quiet = (): void => {};

async function openSetting(setting: Setting): Promise<Setup> {
  const { name, data: set, rows, tier, ridge, subsets, queries, leftOut, leftOutContributors } = setting;
  const contributors = setting.contributors ?? CONTRIBUTORS;
  const { file, test, columns } = await benchRows(set, rows, contributors);
  const dealt = columns.contributor === undefined ? { contributors } : {};
  const source = { file, columns, ...dealt, heldOut: { file: test }, seed: SEED, tier, name };
  const imported = await readRows(source, quiet);
  const options = {
    ...{ tier, seed: SEED, subsets, queries, leftOut, leftOutContributors, parts: [], workers: 1 },
    ...{ repeats: 1, members: 1, membersFrom: "seeds" as const, method: DEFAULT_METHOD },
  };
  const base = await baseFor(imported.datanet, undefined, quiet);
  const data = await evaluationData(imported, base, "linear", options, quiet);
  const adapter = { kind: "linear" as const, members: 1, membersFrom: "seeds" as const };
  const models = fitModels(base, data.training, { adapter, ridge, seed: SEED }, quiet);
  const store = outcomeStore(OUTCOMES);
  return openSetup({ data, models, options, store, code: trainingCode() }, quiet);
}

interface Pair {
  readonly score: number;
  readonly margin: number;
  readonly change: number;
  /** Of the request's fee. */
  readonly share: number;
  /** The change in the units of the request's scores, by least squares. */
  readonly scaled: number;
}

async function pairsOf(setup: Setup): Promise<{ readonly kept: number; readonly pairs: readonly Pair[] }> {
  const { phi, width, traces, kept } = await setup.scoring(setup.width);
  const { contributors, sets } = await setup.withoutContributors();
  const changes = meanOf(sets);
  const positions = phi.length / width;
  const index = { phi, positions, width };
  const taken = Array.from({ length: positions }, (_, c) => setup.data.owners.includes(c));
  const pairs = traces.flatMap((u, q) => {
    const scores = scoreTrace(u, index);
    const margins = scoreMargins({ u, scores, index, taken, kept });
    const weight = scores.reduce((sum, score) => sum + Math.max(0, score), 0);
    const ofQuery = Array.from(contributors, (c, at) => ({
      score: scores[c]!,
      margin: margins[c]!,
      change: changes[q * contributors.length + at]!,
      share: weight > 0 ? Math.max(0, scores[c]!) / weight : 0,
    }));
    const sum = (of: (pair: (typeof ofQuery)[number]) => number): number =>
      ofQuery.reduce((total, pair) => total + of(pair), 0);
    const scale = sum(({ score, change }) => score * change) / sum(({ change }) => change ** 2);
    return ofQuery.map((pair) => ({ ...pair, scaled: pair.change * scale }));
  });
  return { kept, pairs };
}

const rightOf = (pairs: readonly Pair[]): string => {
  const right = pairs.filter(({ score, change }) => score > 0 === change > 0).length;
  return `${((100 * right) / pairs.length).toFixed(1)} % of ${pairs.length}`;
};

for (const name of process.argv.slice(2)) {
  const setting = SETTINGS.find((one) => one.name === name);
  if (setting === undefined) throw new RangeError(`no setting is called ${name}`);
  const setup = await openSetting(setting);
  try {
    const { kept, pairs } = await pairsOf(setup);
    const paid = pairs.filter(({ score }) => score > 0);
    const sure = paid.filter(({ score, margin }) => isSure(score, margin));
    const others = paid.filter(({ score, margin }) => !isSure(score, margin));
    const money = (some: readonly Pair[]): number => some.reduce((sum, { share }) => sum + share, 0);
    const inside = pairs.filter(({ score, margin, scaled }) => Math.abs(score - scaled) <= margin).length;
    const cells = [
      name,
      kept.toFixed(3),
      rightOf(paid),
      rightOf(sure),
      rightOf(others),
      `${((100 * money(sure)) / money(paid)).toFixed(1)} %`,
      `${((100 * inside) / pairs.length).toFixed(1)} %`,
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  } finally {
    await setup.close();
  }
}
