import { mix32, seededRandom } from "../numeric/random.ts";

/** Streams of one seed that must not repeat one another. */
export const STREAM = {
  rows: 1,
  contributors: 2,
  queries: 3,
  leftOut: 4,
  flips: 5,
  shuffles: 6,
  bootstrap: 7,
  members: 8,
  attackers: 9,
  memberRows: 10,
  search: 11,
  withoutContributor: 12,
} as const;

/** A seed of its own for each use of the evaluation's seed. */
export const streamSeed = (seed: number, stream: number, at = 0): number =>
  mix32(mix32(seed + Math.imul(0x9e3779b9, stream)) + at);

/** `size` of 0 … count − 1 without replacement, ascending. */
export function drawSome(count: number, size: number, seed: number): Uint32Array {
  return seededRandom(seed).permutation(count).slice(0, size).sort();
}

/** Random halves of 0 … count − 1; the m-th does not depend on how many are asked for. */
export const randomHalves = (count: number, subsets: number, seed: number, stream: number): Uint32Array[] =>
  Array.from({ length: subsets }, (_, m) =>
    drawSome(count, Math.floor(count / 2), streamSeed(seed, stream, m)),
  );

/** The rows that the contributors of a subset gave, ascending. */
export function rowsOf(contributors: Uint32Array, owners: Uint32Array): Uint32Array {
  const asked = new Set(contributors);
  return Uint32Array.from(owners.keys()).filter((row) => asked.has(owners[row]!));
}
