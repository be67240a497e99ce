/**
 * What does it gain to game the attribution? Attacks on optdigits and on the shipped text, softmax regression and MLP,
 * with and without the defences. Optdigits is taken from TRIBUTARY_TEST_DATA; what is absent is said to be not measured.
 *
 *   node bench/attacks.ts [--json] [--only digits-linear,text-linear,digits-mlp,text-mlp] [--attackers 8] [--attacks copies,…] [--near-duplicates share|first|off] [--near-similarity 0.6]
 */
import { parseArgs } from "node:util";
import { DUPLICATE_RULES } from "../src/attribution/duplicate-weights.ts";
import { ATTACK_NAMES } from "../src/evaluation/attacks/attacks.ts";
import { DEFAULT_DEFENCES } from "../src/evaluation/attacks/market.ts";
import { type AttackResult, type Gain, measureAttacks } from "../src/evaluation/attacks/run.ts";
import type { Ground } from "../src/evaluation/attacks/types.ts";
import { DEFAULT_METHOD } from "../src/operations/attribution/options.ts";
import { groundOf } from "./ground.ts";
import { digits, harbourDesk } from "./sources.ts";

const two = (x: number): string => x.toFixed(2);
const figure = ({ share, worst, top }: Omit<Gain, "top"> & Partial<Gain>): string => {
  const { low, high } = share.overQueries!;
  const counted = top === undefined ? "" : ` top-100 ${two(top)}`;
  return `${two(share.value)} [${two(low)}, ${two(high)}] worst ${two(worst)}${counted}`;
};

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", default: "digits-linear,text-linear,digits-mlp,text-mlp" },
    attackers: { type: "string", default: "8" },
    "near-similarity": { type: "string", default: String(DEFAULT_METHOD.nearSimilarity) },
    "near-duplicates": { type: "string", default: DEFAULT_METHOD.nearDuplicates },
    attacks: { type: "string", default: ATTACK_NAMES.join() },
  },
});
const attacks = ATTACK_NAMES.filter((name) => values.attacks.split(",").includes(name));
const nearDuplicates = DUPLICATE_RULES.find((rule) => rule === values["near-duplicates"]);
if (nearDuplicates === undefined) throw new TypeError(`--near-duplicates is one of ${DUPLICATE_RULES}`);
const results: Record<string, readonly AttackResult[] | "not measured: data absent"> = {};
for (const setting of values.only.split(",")) {
  const [data, kind] = setting.split("-") as [string, Ground["kind"]];
  const source = data === "digits" ? digits() : harbourDesk();
  if (source === undefined) {
    results[setting] = "not measured: data absent";
    continue;
  }
  const ground = await groundOf(setting, kind, source, Number(values["near-similarity"]));
  const options = {
    attacks,
    attackers: Number(values.attackers),
    defences: { ...DEFAULT_DEFENCES, nearDuplicates },
  };
  const measured = await measureAttacks(ground, options, ({ stage }) => process.stderr.write(`${stage}\n`));
  await ground.encoder.close();
  results[setting] = measured;
  if (values.json) continue;
  for (const { attack, undefended, defended, retrained, limit, passed } of measured) {
    const gate = limit === null ? "" : `  gate ≤ ${limit}: ${passed ? "passed" : "MISSED"}`;
    const owed = retrained === undefined ? "" : `\n  if retraining paid ${figure(retrained)}`;
    console.log(
      `${setting} ${attack}\n  undefended ${figure(undefended)}\n  defended   ${figure(defended)}${gate}${owed}`,
    );
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2));
