/**
 * What does it gain to game the attribution? Attacks on optdigits and on the shipped text, softmax regression and MLP,
 * with and without the defences. Optdigits is taken from TRIBUTARY_TEST_DATA; what is absent is said to be not measured.
 *
 *   node bench/attacks.ts [--json] [--only digits-linear,text-linear,digits-mlp,text-mlp] [--attackers 8] [--attacks copies,…] [--near-similarity 0.8]
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededRandom } from "../src/core/random.ts";
import type { Features } from "../src/datanet/types.ts";
import { fitScaling, numericBase, textBase } from "../src/model/built-in.ts";
import { openBase } from "../src/model/session.ts";
import type { Base } from "../src/model/types.ts";
import { DEFAULT_METHOD } from "../src/pipeline/attribution/options.ts";
import { ATTACK_NAMES } from "../src/pipeline/evaluate/attacks/attacks.ts";
import { type AttackResult, type Gain, measureAttacks } from "../src/pipeline/evaluate/attacks/run.ts";
import type { Ground } from "../src/pipeline/evaluate/attacks/types.ts";

interface Labelled {
  readonly features: Features[];
  readonly labels: number[];
}

interface Source {
  readonly training: Labelled;
  readonly test: Labelled;
  readonly base: Base;
  readonly names: string[];
  readonly positions: number;
}

const REPOSITORY = fileURLToPath(new URL("../", import.meta.url));
const DATA = process.env.TRIBUTARY_TEST_DATA ?? join(REPOSITORY, "../shared/data");
const ROWS = 1500;
const WIDTH = 127;

function digits(): Source | undefined {
  const folder = join(DATA, "optdigits");
  if (!existsSync(join(folder, "optdigits.tra"))) return undefined;
  const read = (file: string, most: number): Labelled => {
    const lines = readFileSync(join(folder, file), "utf8")
      .split("\n")
      .filter((line) => /^\d/.test(line));
    const rows = lines.slice(0, most).map((line) => line.split(",").map(Number));
    return {
      features: rows.map((row) => Float64Array.from(row.slice(0, 64))),
      labels: rows.map((row) => row[64]!),
    };
  };
  const training = read("optdigits.tra", ROWS);
  const base = numericBase(fitScaling(training.features as Float64Array[]));
  const names = Array.from({ length: 10 }, (_, digit) => String(digit));
  return { training, test: read("optdigits.tes", 1100), base, names, positions: 40 };
}

function harbourDesk(): Source {
  const read = (file: string) =>
    readFileSync(join(REPOSITORY, "data/harbour-desk", file), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { text: string; label: string });
  const rows = read("rows.jsonl");
  const names = [...new Set(rows.map(({ label }) => label))].sort();
  const labelled = (some: typeof rows): Labelled => ({
    features: some.map(({ text }) => text),
    labels: some.map(({ label }) => names.indexOf(label)),
  });
  return {
    training: labelled(rows),
    test: labelled(read("held-out.jsonl")),
    base: textBase(),
    names,
    positions: 20,
  };
}

/** Two labels for each contributor mostly, a tenth of the rows anywhere. */
function dealSkewed(labels: readonly number[], classes: number, positions: number): Uint32Array {
  const random = seededRandom(5);
  return Uint32Array.from(labels, (label) => {
    for (;;) {
      const c = random.integer(positions);
      if (label === c % classes || label === (3 * c + 1) % classes || random.uniform() < 0.1) return c;
    }
  });
}

async function groundOf(name: string, kind: Ground["kind"], source: Source, ridge: number): Promise<Ground> {
  const { training, test, base, names, positions } = source;
  const asked = Math.floor(test.labels.length / 2);
  const requests = Math.min(100, asked);
  return {
    name,
    encoder: await openBase(base),
    kind,
    trainOn: "all",
    nearSimilarity: Number(values["near-similarity"]),
    ridge,
    names,
    rows: {
      features: training.features,
      labels: Uint32Array.from(training.labels),
      owners: dealSkewed(training.labels, names.length, positions),
    },
    positions,
    width: WIDTH,
    requests: test.features.slice(0, requests),
    public: { features: test.features.slice(asked), labels: Uint32Array.from(test.labels.slice(asked)) },
    seed: 1,
  };
}

const two = (x: number): string => x.toFixed(2);
const figure = ({ share, worst, top }: Gain): string => {
  const { low, high } = share.overQueries!;
  return `${two(share.value)} [${two(low)}, ${two(high)}] worst ${two(worst)} top-100 ${two(top)}`;
};

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", default: "digits-linear,text-linear,digits-mlp,text-mlp" },
    attackers: { type: "string", default: "8" },
    "near-similarity": { type: "string", default: String(DEFAULT_METHOD.nearSimilarity) },
    attacks: { type: "string", default: ATTACK_NAMES.join() },
  },
});
const attacks = ATTACK_NAMES.filter((name) => values.attacks.split(",").includes(name));
const results: Record<string, readonly AttackResult[] | "not measured: data absent"> = {};
for (const setting of values.only.split(",")) {
  const [data, kind] = setting.split("-") as [string, Ground["kind"]];
  const source = data === "digits" ? digits() : harbourDesk();
  if (source === undefined) {
    results[setting] = "not measured: data absent";
    continue;
  }
  const ground = await groundOf(setting, kind, source, 1e-3);
  const options = { attacks, attackers: Number(values.attackers) };
  const measured = await measureAttacks(ground, options, ({ stage }) => process.stderr.write(`${stage}\n`));
  await ground.encoder.close();
  results[setting] = measured;
  if (values.json) continue;
  for (const { attack, undefended, defended, limit, passed } of measured) {
    const gate = limit === null ? "" : `  gate ≤ ${limit}: ${passed ? "passed" : "MISSED"}`;
    console.log(
      `${setting} ${attack}\n  undefended ${figure(undefended)}\n  defended   ${figure(defended)}${gate}`,
    );
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2));
