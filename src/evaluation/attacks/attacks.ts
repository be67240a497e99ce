import type { Features } from "../../datanet/types.ts";
import { familyOf } from "../../model/family.ts";
import type { Adapter } from "../../model/types.ts";
import { type Random, seededRandom } from "../../numeric/random.ts";
import { average, byLabel, pick } from "./average.ts";
import { encode, fitOn } from "./market.ts";
import { type Budget, budgetOf, type Objective, perturb, smallEdit } from "./perturb.ts";
import { alignment } from "./shadow.ts";
import type { Attacked, Ground, Rows } from "./types.ts";

export const ATTACK_NAMES = [
  "copies",
  "copies-of-all",
  "near-duplicates",
  "near-duplicates-far",
  "near-duplicates-hidden",
  "theft",
  "average",
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

/** Ten more rows for each of some of the attacker: as they are, or each with a small edit, or others. */
function multiply(
  { rows, positions }: Ground,
  attacker: number,
  own: readonly number[],
  change: (features: Features, label: number) => Features,
): Attacked {
  const added = own.flatMap((row) => {
    const label = rows.labels[row]!;
    return Array.from({ length: COPIES }, () => ({ features: change(rows.features[row]!, label), label }));
  });
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
 * - near-duplicates-hidden: the same as near-duplicates, with as much noise in the columns that are equal in all rows, so that these tell the copies apart; of texts, as above
 * - theft: for each row of its own ten near-duplicates of others' rows of that label
 * - average: for each row ten that look like the average row of its label: the mean of four rows that it knows, or a text of two halves
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
    case "near-duplicates-hidden": {
      const widest = Math.max(0, ...budget.ranges);
      const hidden = { ...budget, ranges: budget.ranges.map((range) => range || widest) };
      return multiply(ground, attacker, own, (features) => smallEdit(features, hidden, random));
    }
    case "theft": {
      const others = byLabel(withoutAttacker(ground, attacker));
      return multiply(ground, attacker, own, (features, label) =>
        smallEdit(pick(others[label] ?? [features], random), budget, random),
      );
    }
    case "average": {
      const known = byLabel(ground.public);
      return multiply(ground, attacker, own, (features, label) =>
        average(known[label] ?? [features], random),
      );
    }
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
