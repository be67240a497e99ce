/**
 * What do the row cap and RelatIF do against the Outlier Attack, and what do they cost? Gains of the same attacks under each
 * defence, and LDS over random halves of the same rows in float.
 *
 *   node bench/defences.ts [--kind mlp|linear] [--attackers 6] [--halves 30] [--repeats 2]
 */
import { parseArgs } from "node:util";
import { attack } from "../src/evaluation/attacks/attacks.ts";
import {
  DEFAULT_DEFENCES,
  type Defences,
  encode,
  fitOn,
  income,
  mostLikely,
  type Trained,
  train,
} from "../src/evaluation/attacks/market.ts";
import type { Ground } from "../src/evaluation/attacks/types.ts";
import { measureLds, type Outcomes } from "../src/evaluation/lds.ts";
import { products } from "../src/evaluation/products.ts";
import { randomHalves, STREAM, streamSeed } from "../src/evaluation/subsets.ts";
import { familyOf } from "../src/model/family.ts";
import { bootstrapMean, mean } from "../src/numeric/statistics.ts";
import { attributeRows } from "../src/operations/attribution/attribute.ts";
import { groundOf } from "./ground.ts";
import { digits } from "./sources.ts";

const DEFENCES: Readonly<Record<string, Defences>> = {
  "the default": DEFAULT_DEFENCES,
  "cap at the 99th percentile": { ...DEFAULT_DEFENCES, rowCap: 99 },
  "cap at the 90th": { ...DEFAULT_DEFENCES, rowCap: 90 },
  "cap at the 75th": { ...DEFAULT_DEFENCES, rowCap: 75 },
  RelatIF: { ...DEFAULT_DEFENCES, normalise: "relatif" },
};

const { values: flags } = parseArgs({
  options: {
    kind: { type: "string", default: "mlp" },
    attackers: { type: "string", default: "6" },
    halves: { type: "string", default: "30" },
    repeats: { type: "string", default: "2" },
  },
});
const [attackers, halves, repeats] = [flags.attackers, flags.halves, flags.repeats].map(Number) as [
  number,
  number,
  number,
];

/** After over before, of each attacker, under each defence: the attacked model is trained once. */
async function gains(ground: Ground, honest: Trained): Promise<Map<string, number[]>> {
  const found = new Map(Object.keys(DEFENCES).map((name) => [name, [] as number[]]));
  for (let attacker = 0; attacker < attackers; attacker++) {
    process.stderr.write(`attacker ${attacker + 1} of ${attackers}\n`);
    const { rows, positions, attacker: held } = await attack(ground, "outlier", attacker);
    const attacked = await train(ground, rows, honest.adapter);
    for (const [name, defences] of Object.entries(DEFENCES)) {
      const before = income(honest, ground.positions, [attacker], defences).share;
      found.get(name)!.push(income(attacked, positions, held, defences).share / before);
    }
  }
  return found;
}

/** What models of random halves of the rows say about the answers that the honest model gives. */
async function retrained(ground: Ground, honest: Trained): Promise<Outcomes> {
  const { seed, names } = ground;
  const family = familyOf(ground.kind);
  const asked = await encode(ground, ground.requests);
  const classes = names.length;
  const served = mostLikely(family.logProbabilities(honest.adapter, asked), classes);
  const subsets = randomHalves(ground.rows.labels.length, halves, seed, STREAM.rows);
  const values = new Float64Array(halves * served.length);
  for (const [m, rows] of subsets.entries()) {
    process.stderr.write(`half ${m + 1} of ${halves}\n`);
    for (let r = 0; r < repeats; r++) {
      const trained = { ...ground, seed: streamSeed(seed, STREAM.rows, repeats * m + r) };
      const model = await fitOn(trained, ground.rows, { start: honest.adapter, rows });
      const logs = family.logProbabilities(model, asked);
      served.forEach((label, q) => {
        values[m * served.length + q]! += logs[q * classes + label]! / repeats;
      });
    }
  }
  return { subsets, queries: served.length, values };
}

const three = (x: number): string => x.toFixed(3);

const source = digits();
if (source === undefined) console.log("not measured: optdigits is absent; set TRIBUTARY_TEST_DATA");
else {
  const ground = await groundOf(`optdigits, ${flags.kind}`, flags.kind as Ground["kind"], source);
  const honest = await train(ground, ground.rows);
  const gained = await gains(ground, honest);
  const outcomes = await retrained(ground, honest);
  for (const [name, { nearDuplicates: _, ...weighting }] of Object.entries(DEFENCES)) {
    const { labelled, fitted, width, requests } = honest;
    const used = { ...fitted, record: { ...fitted.record, ...weighting } };
    const { phi } = attributeRows(labelled, ground.rows.owners, ground.positions, used);
    const lds = measureLds(products(requests, phi, width), outcomes, ground.seed);
    const ratios = gained.get(name)!;
    const { low, high } = bootstrapMean(ratios, { seed: ground.seed });
    console.log(
      `${name}: Outlier Attack gains ${three(mean(ratios))} [${three(low)}, ${three(high)}], worst ${three(Math.max(...ratios))};` +
        ` LDS by rows ${three(lds.value)} [${three(lds.overQueries!.low)}, ${three(lds.overQueries!.high)}]`,
    );
  }
  await ground.encoder.close();
}
