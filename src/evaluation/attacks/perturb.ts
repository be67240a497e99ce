import type { Features } from "../../datanet/types.ts";
import { words } from "../../model/text-features.ts";
import type { Random } from "../../numeric/random.ts";

/** How good each candidate is for the attacker; the labels stay. Answers for many at once. */
export type Objective = (candidates: readonly Features[], label: number) => Promise<Float64Array>;

export interface Budget {
  /** Numbers: how far each may move, as a part of its column's range. The paper's 0.03. */
  readonly step: number;
  readonly ranges: readonly number[];
  /** Text: words that may be replaced, and replacements that are tried for each. */
  readonly edits: number;
  readonly tries: number;
  readonly vocabulary: readonly string[];
}

const best = (values: Float64Array): number => values.indexOf(values.reduce((a, b) => Math.max(a, b)));

/**
 * SimBA (Guo et al., 2019), as the Outlier Attack uses it: coordinates in random order, each moved by +ε or −ε if that
 * helps, and kept there. Black box: the objective is only asked for values.
 */
async function perturbNumbers(
  row: Float64Array,
  label: number,
  objective: Objective,
  { step, ranges }: Budget,
  random: Random,
): Promise<Float64Array> {
  let current = row;
  let value = (await objective([current], label))[0]!;
  for (const j of random.permutation(row.length)) {
    const epsilon = step * ranges[j]!;
    if (epsilon === 0) continue;
    const candidates = [1, -1].map((sign) => {
      const moved = current.slice();
      moved[j]! += sign * epsilon;
      return moved;
    });
    const values = await objective(candidates, label);
    const at = best(values);
    if (values[at]! > value) [current, value] = [candidates[at]!, values[at]!];
  }
  return current;
}

/** The same for text, a word at a time: of some replacements at a random place the one that helps most. */
async function perturbText(
  row: string,
  label: number,
  objective: Objective,
  { edits, tries, vocabulary }: Budget,
  random: Random,
): Promise<string> {
  let tokens = words(row);
  let value = (await objective([tokens.join(" ")], label))[0]!;
  const places = random.permutation(tokens.length).slice(0, edits);
  for (const at of places) {
    const candidates = Array.from({ length: tries }, () =>
      tokens.with(at, vocabulary[random.integer(vocabulary.length)]!),
    );
    const values = await objective(
      candidates.map((candidate) => candidate.join(" ")),
      label,
    );
    const chosen = best(values);
    if (values[chosen]! > value) [tokens, value] = [candidates[chosen]!, values[chosen]!];
  }
  return tokens.join(" ");
}

/** Changes a row within the budget so that the objective grows. */
export const perturb = (
  row: Features,
  label: number,
  objective: Objective,
  budget: Budget,
  random: Random,
): Promise<Features> =>
  typeof row === "string"
    ? perturbText(row, label, objective, budget, random)
    : perturbNumbers(row, label, objective, budget, random);

/** Without an aim: small noise on numbers, or one word replaced by another. */
export function smallEdit(row: Features, { step, ranges, vocabulary }: Budget, random: Random): Features {
  if (typeof row !== "string") return row.map((x, j) => x + step * ranges[j]! * (2 * random.uniform() - 1));
  const tokens = words(row);
  if (tokens.length === 0) return row;
  return tokens.with(random.integer(tokens.length), vocabulary[random.integer(vocabulary.length)]!).join(" ");
}

/** The ranges of the columns and the words of the rows. */
export function budgetOf(features: readonly Features[], step: number, edits: number, tries: number): Budget {
  if (typeof features[0] === "string") {
    const vocabulary = [...new Set((features as string[]).flatMap(words))].sort();
    return { step, ranges: [], edits, tries, vocabulary };
  }
  const rows = features as Float64Array[];
  const ranges = Array.from(rows[0]!, (_, j) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) [low, high] = [Math.min(low, row[j]!), Math.max(high, row[j]!)];
    return high - low;
  });
  return { step, ranges, edits, tries, vocabulary: [] };
}
