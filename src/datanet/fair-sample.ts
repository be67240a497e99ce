import { seededRandom } from "../numeric/random.ts";

/**
 * Rows in a fixed random order, of no owner more than its even part of them: whoever hands in ten times as many rows has no more
 * of the sample for it. Who holds many positions does.
 *
 * @param owners one for each row
 * @returns up to `size` of 0 … n − 1
 */
export function fairSample(owners: Uint32Array, size: number, seed: number): Uint32Array {
  const most = Math.min(size, owners.length);
  const each = Math.ceil(most / Math.max(1, new Set(owners).size));
  const taken = new Map<number, number>();
  const sample: number[] = [];
  for (const row of seededRandom(seed).permutation(owners.length)) {
    if (sample.length === most) break;
    const count = taken.get(owners[row]!) ?? 0;
    if (count === each) continue;
    taken.set(owners[row]!, count + 1);
    sample.push(row);
  }
  return Uint32Array.from(sample);
}
