/** Contributors of very different size, as no dealing of the import makes them. */
import { seededRandom } from "../../src/numeric/random.ts";

/** Of the logarithm of a contributor's weight, and of its liking for a label. */
const [SIZE_SPREAD, LABEL_SPREAD] = [1.2, 1];

/** The place of one of the weights, by their sizes. @param at in [0, 1) */
function drawnBy(weights: readonly number[], at: number): number {
  const target = at * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const [place, weight] of weights.entries()) {
    sum += weight;
    if (sum > target) return place;
  }
  return weights.findLastIndex((weight) => weight > 0);
}

/**
 * The owner of each row, drawn by a fixed seed: log-normal sizes, of which the largest is about a hundred times the smallest, and
 * a log-normal liking for each label. Each has a row at least, and `most` at most.
 */
export function unevenOwners(
  labels: readonly string[],
  contributors: number,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const random = seededRandom(1);
  const names = [...new Set(labels)].sort();
  const weights = Array.from({ length: contributors }, () => {
    const size = Math.exp(SIZE_SPREAD * random.normal());
    return new Map(names.map((name) => [name, size * Math.exp(LABEL_SPREAD * random.normal())]));
  });
  const counts = new Uint32Array(contributors);
  const owners = new Map<number, number>();
  const order = random.permutation(labels.length);
  order.forEach((row, at) => {
    const free = weights.map((weight, c) => (counts[c]! < most ? weight.get(labels[row]!)! : 0));
    const owner = at < contributors ? at : drawnBy(free, random.uniform());
    counts[owner]!++;
    owners.set(row, owner);
  });
  const digits = String(contributors).length;
  return labels.map((_, row) => `contributor-${String(owners.get(row)! + 1).padStart(digits, "0")}`);
}
