import { seededRandom } from "../numeric/random.ts";
import { dataNetError } from "./errors.ts";

/** The name of a dealt contributor: contributor-01 owns position 0. */
export const dealtName = (position: number, contributors: number): string =>
  `contributor-${String(position + 1).padStart(Math.max(2, String(contributors).length), "0")}`;

/** The first place whose running sum is above x. */
function place(sums: Float64Array, x: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Draws an owner for each row: for each label the shares of the contributors are Dirichlet(1/2) (the usual model of
 * label-skewed parties, Hsu, Qi and Brown, 2019), and each row of the label goes to one of them with these chances.
 *
 * Gamma(1/2) is half the square of a standard normal, so squared normals in proportion are Dirichlet(1/2).
 *
 * @param labels of the rows, as indices from 0
 * @param seed unsigned 32-bit
 * @returns a position for each row
 */
export function drawOwners(labels: Uint32Array, contributors: number, seed: number): Uint32Array {
  const random = seededRandom(seed);
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const sums = Array.from({ length: count }, () => {
    let sum = 0;
    return Float64Array.from({ length: contributors }, () => {
      sum += random.normal() ** 2;
      return sum;
    });
  });
  return labels.map((label) => {
    const shares = sums[label]!;
    return place(shares, random.uniform() * shares[contributors - 1]!);
  });
}

/**
 * Deals rows to contributors, label-skewed (see `drawOwners`), and sees to it that each has at least one: who drew none
 * gets the last row of whoever has most.
 *
 * @returns a position for each row
 * @throws TRB_DATANET_CONTRIBUTORS_INVALID unless 1 ≤ contributors ≤ rows
 */
export function dealRows(labels: Uint32Array, contributors: number, seed: number): Uint32Array {
  if (!(Number.isInteger(contributors) && contributors >= 1 && contributors <= labels.length)) {
    throw dataNetError("CONTRIBUTORS_INVALID", "The rows cannot be dealt to so many contributors.", {
      details: `${contributors} contributors, ${labels.length} rows`,
      hint: "Give a number between 1 and the number of rows.",
    });
  }
  const owners = drawOwners(labels, contributors, seed);
  const counts = new Uint32Array(contributors);
  for (const owner of owners) counts[owner]!++;
  counts.forEach((count, position) => {
    if (count > 0) return;
    const richest = counts.indexOf(Math.max(...counts));
    owners[owners.lastIndexOf(richest)] = position;
    counts[richest]!--;
    counts[position]!++;
  });
  return owners;
}
