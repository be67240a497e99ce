const EMPTY = 0xffffffff;

/**
 * The places that hold equal numbers, for numbers that occur more than once: an open hash table of places and a counting sort.
 *
 * @returns ascending places of each group
 */
export function groupEqual(numbers: Uint32Array): Uint32Array[] {
  const n = numbers.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n + 1));
  const firsts = new Uint32Array(size).fill(EMPTY);
  const groupOf = new Uint32Array(n);
  const counts = new Uint32Array(n + 1);
  let groups = 0;
  for (let i = 0; i < n; i++) {
    let slot = numbers[i]! & (size - 1);
    while (firsts[slot] !== EMPTY && numbers[firsts[slot]!] !== numbers[i]) slot = (slot + 1) & (size - 1);
    if (firsts[slot] === EMPTY) {
      firsts[slot] = i;
      groupOf[i] = groups++;
    } else groupOf[i] = groupOf[firsts[slot]!]!;
    counts[groupOf[i]! + 1]!++;
  }
  for (let g = 0; g < groups; g++) counts[g + 1]! += counts[g]!;
  const next = counts.slice();
  const places = new Uint32Array(n);
  for (let i = 0; i < n; i++) places[next[groupOf[i]!]!++] = i;
  const result: Uint32Array[] = [];
  for (let g = 0; g < groups; g++)
    if (counts[g + 1]! - counts[g]! > 1) result.push(places.subarray(counts[g], counts[g + 1]));
  return result;
}
