import type { NumberTable } from "./row-table.ts";

/** Rows that are held against one another, window by window; two that follow each other have half of their rows in common. */
export interface Windows {
  readonly windows: readonly Uint32Array[];
  /** Pairs of rows that are in no window together. */
  readonly skipped: number;
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

/**
 * Windows of rows that are next to one another along a direction: near rows are near along any. That leaves out pairs which are far
 * apart along it first, so that what is found is near, and what is missed is the less near.
 *
 * @param direction its first entries, one for each column
 * @param mostPairs about how many pairs the windows may hold
 */
export function windowsAlong(
  { values, width }: NumberTable,
  direction: Float64Array,
  mostPairs: number,
): Windows {
  const n = values.length / width;
  const places = new Float64Array(n);
  for (let at = 0; at < values.length; at++) {
    places[Math.floor(at / width)]! += direction[at % width]! * values[at]!;
  }
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
  const step = Math.max(1, Math.floor(mostPairs / (2 * n)));
  const windows: Uint32Array[] = [];
  let looked = 0;
  for (let from = 0; from < n; from += step) {
    const window = Uint32Array.from(order.subarray(from, from + 2 * step));
    windows.push(window);
    // Pairs that the next window has as well are counted there.
    looked += pairsOf(window.length) - pairsOf(Math.max(0, window.length - step));
    if (from + 2 * step >= n) {
      looked += pairsOf(Math.max(0, window.length - step));
      break;
    }
  }
  return { windows, skipped: pairsOf(n) - looked };
}
