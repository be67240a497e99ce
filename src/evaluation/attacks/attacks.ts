import type { Features } from "../../datanet/types.ts";
import { familyOf } from "../../model/family.ts";
import type { Adapter, LayerGradients } from "../../model/types.ts";
import { type Random, seededRandom } from "../../numeric/random.ts";
import { tokensOf } from "../../numeric/tokens.ts";
import { encode, fitOn } from "./market.ts";
import { type Budget, budgetOf, type Objective, perturb, smallEdit } from "./perturb.ts";
import type { Attacked, Ground, Rows } from "./types.ts";

export const ATTACK_NAMES = [
  "copies",
  "copies-of-all",
  "near-duplicates",
  "near-duplicates-far",
  "outlier",
  "outlier-far",
  "shadow",
  "sybil",
  "sybil-by-label",
  "throwaway",
] as const;
export type AttackName = (typeof ATTACK_NAMES)[number];

const COPIES = 10;
const SYBILS = 5;
/** The paper's ε, of the range of a number. */
const STEP = 0.03;
/** Words of a text that the Outlier and Shadow Attacks may replace. */
const EDITS = 3;
/** How many times as far the attacks go that do not keep to the paper's budget. */
const FAR = 5;
const TRIES = 20;
const SHADOWS = 3;

const rowsOf = ({ owners }: Rows, position: number): number[] =>
  Array.from(owners.keys()).filter((row) => owners[row] === position);

/** The rows with others after them, which the attacker owns. */
function withRows(rows: Rows, added: readonly { features: Features; label: number }[], owner: number): Rows {
  return {
    features: [...rows.features, ...added.map(({ features }) => features)],
    labels: Uint32Array.from([...rows.labels, ...added.map(({ label }) => label)]),
    owners: Uint32Array.from([...rows.owners, ...added.map(() => owner)]),
  };
}

/** Ten more of some rows of the attacker: as they are, or each with a small edit. */
function multiply(
  ground: Ground,
  attacker: number,
  own: readonly number[],
  change: (features: Features) => Features,
): Attacked {
  const { rows, positions } = ground;
  const added = own.flatMap((row) =>
    Array.from({ length: COPIES }, () => ({
      features: change(rows.features[row]!),
      label: rows.labels[row]!,
    })),
  );
  return { rows: withRows(rows, added, attacker), positions, attacker: [attacker] };
}

/** The attacker's rows dealt out to further positions. */
function split(ground: Ground, attacker: number, part: (row: number, i: number) => number): Attacked {
  const { rows, positions } = ground;
  const owners = rows.owners.slice();
  const parts = new Set<number>();
  rowsOf(rows, attacker).forEach((row, i) => {
    const to = part(row, i);
    parts.add(to);
    owners[row] = to === 0 ? attacker : positions + to - 1;
  });
  const most = Math.max(...parts);
  const held = [attacker, ...Array.from({ length: most }, (_, i) => positions + i)];
  return { rows: { ...rows, owners }, positions: positions + most, attacker: held };
}

/** Every row of the attacker in place of which there is a better one, by the objective. */
async function perturbAll(
  ground: Ground,
  attacker: number,
  objective: Objective,
  budget: Budget,
  random: Random,
): Promise<Attacked> {
  const { rows, positions } = ground;
  const features = [...rows.features];
  for (const row of rowsOf(rows, attacker)) {
    features[row] = await perturb(features[row]!, rows.labels[row]!, objective, budget, random);
  }
  return { rows: { ...rows, features }, positions, attacker: [attacker] };
}

/** −log p(label): how surprised a model is that answers queries. */
function surprise(ground: Ground, adapter: Adapter): Objective {
  const family = familyOf(ground.kind, ground.encoder.base);
  return async (candidates, label) => {
    const logs = family.logProbabilities(adapter, await encode(ground, candidates));
    return Float64Array.from(candidates, (_, i) => -logs[i * ground.names.length + label]!);
  };
}

/** Σ_t δ_t ⊗ x_t of all rows, dense: outputs × (inputs + bias). */
function totalGradient({ inputs, deltas, outputs, bias }: LayerGradients): Float64Array {
  const columns = inputs.width + Number(bias);
  const total = new Float64Array(outputs * columns);
  for (let t = 0; t < inputs.rows; t++) {
    for (let o = 0; o < outputs; o++) {
      const delta = deltas[t * outputs + o]!;
      for (let e = inputs.offsets[t]!; e < inputs.offsets[t + 1]!; e++) {
        total[o * columns + inputs.columns[e]!]! += delta * inputs.values[e]!;
      }
      if (bias) total[o * columns + inputs.width]! += delta;
    }
  }
  return total;
}

/** ⟨g_i, G⟩ of each row, summed into `into`. */
function addProducts(layer: LayerGradients, total: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const [from, to] = tokensOf(layer, i);
    for (let t = from; t < to; t++) into[i]! += tokenProduct(layer, t, total);
  }
}

/** δ_tᵀ·G·[x_t; 1]. */
function tokenProduct(
  { inputs, deltas, outputs, bias }: LayerGradients,
  t: number,
  total: Float64Array,
): number {
  const columns = inputs.width + Number(bias);
  let product = 0;
  for (let o = 0; o < outputs; o++) {
    let sum = bias ? total[o * columns + inputs.width]! : 0;
    for (let e = inputs.offsets[t]!; e < inputs.offsets[t + 1]!; e++) {
      sum += inputs.values[e]! * total[o * columns + inputs.columns[e]!]!;
    }
    product += deltas[t * outputs + o]! * sum;
  }
  return product;
}

/**
 * The Shadow Attack's objective: the gradient of a row times the mean gradient of data like the requests, over models that
 * the attacker has trained on halves of data of the same distribution.
 */
async function alignment(ground: Ground, random: Random): Promise<Objective> {
  const { public: known, names } = ground;
  const family = familyOf(ground.kind, ground.encoder.base);
  const half = Math.floor(known.labels.length / 2);
  const shadows: { adapter: Adapter; totals: Float64Array[] }[] = [];
  for (let m = 0; m < SHADOWS; m++) {
    const order = random.permutation(known.labels.length);
    const take = (rows: Uint32Array) => ({
      features: Array.from(rows, (row) => known.features[row]!),
      labels: Uint32Array.from(rows, (row) => known.labels[row]!),
    });
    const adapter = await fitOn(ground, take(order.slice(0, half)));
    const rest = take(order.slice(half));
    const layers = family.layerGradients(adapter, await encode(ground, rest.features), rest.labels);
    shadows.push({ adapter, totals: layers.map(totalGradient) });
  }
  return async (candidates, label) => {
    const activations = await encode(ground, candidates);
    const labels = new Uint32Array(candidates.length).fill(Math.min(label, names.length - 1));
    const result = new Float64Array(candidates.length);
    for (const { adapter, totals } of shadows) {
      family.layerGradients(adapter, activations, labels).forEach((layer, l) => {
        addProducts(layer, totals[l]!, result);
      });
    }
    return result;
  };
}

/** The rows without the attacker's: what a model that is queried before they are handed in was trained on. */
function withoutAttacker({ rows }: Ground, attacker: number): Rows {
  const kept = Array.from(rows.owners.keys()).filter((row) => rows.owners[row] !== attacker);
  return {
    features: kept.map((row) => rows.features[row]!),
    labels: Uint32Array.from(kept, (row) => rows.labels[row]!),
    owners: Uint32Array.from(kept, (row) => rows.owners[row]!),
  };
}

/**
 * Carries out an attack by one position.
 *
 * - copies, copies-of-all: ten more of its first row, or of each one, with the refusal off
 * - near-duplicates: ten more of each row, each with a small edit: numbers moved by up to 3 % of their range, or a word replaced
 * - near-duplicates-far: edits that the clusters are not made for: two of up to 15 %, or two words
 * - outlier, outlier-far (five times the budget): each row moved, label kept, to where a model that was not trained on it is most surprised (arXiv 2409.05657)
 * - shadow: moved to where its gradient agrees most with that of the expected requests, by shadow models (the same paper)
 * - sybil, sybil-by-label: the rows dealt to five positions at random, or to one for each label
 * - throwaway: the rows that the attacker expects to be harmful, whose labels a model of the others' rows finds less likely than not, in a second position
 */
export async function attack(ground: Ground, name: AttackName, attacker: number): Promise<Attacked> {
  const random = seededRandom(ground.seed + attacker + 1);
  const own = rowsOf(ground.rows, attacker);
  const budget = budgetOf(ground.rows.features, STEP, EDITS, TRIES);
  const far = { ...budget, step: FAR * STEP, edits: FAR * EDITS };
  switch (name) {
    case "copies":
      return multiply(ground, attacker, own.slice(0, 1), (features) => features);
    case "copies-of-all":
      return multiply(ground, attacker, own, (features) => features);
    case "near-duplicates":
      return multiply(ground, attacker, own, (features) => smallEdit(features, budget, random));
    case "near-duplicates-far":
      return multiply(ground, attacker, own, (features) =>
        smallEdit(smallEdit(features, far, random), far, random),
      );
    case "outlier":
    case "outlier-far": {
      const model = await fitOn(ground, withoutAttacker(ground, attacker));
      const used = name === "outlier" ? budget : far;
      return perturbAll(ground, attacker, surprise(ground, model), used, random);
    }
    case "shadow":
      return perturbAll(ground, attacker, await alignment(ground, random), budget, random);
    case "sybil":
      return split(ground, attacker, (_, i) => i % SYBILS);
    case "sybil-by-label": {
      const labels = [...new Set(rowsOf(ground.rows, attacker).map((row) => ground.rows.labels[row]!))];
      return split(ground, attacker, (row) => labels.indexOf(ground.rows.labels[row]!));
    }
    case "throwaway":
      return throwaway(ground, attacker);
  }
}

/** A row is expected to be harmful where a model of the others' rows finds its label unlikely. */
async function throwaway(ground: Ground, attacker: number): Promise<Attacked> {
  const model = await fitOn(ground, withoutAttacker(ground, attacker));
  const objective = surprise(ground, model);
  const own = rowsOf(ground.rows, attacker);
  const harmful = new Set<number>();
  for (const row of own) {
    const [value] = await objective([ground.rows.features[row]!], ground.rows.labels[row]!);
    if (value! > Math.log(2)) harmful.add(row);
  }
  return split(ground, attacker, (row) => Number(harmful.has(row)));
}
