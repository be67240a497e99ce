import { G1_GENERATOR, G2_GENERATOR } from "../../crypto/points.ts";
import { g1Words, g2Words } from "../../crypto/words.ts";
import type { Arena } from "./arena.ts";
import { ELEMENT_BYTES } from "./limbs.ts";
import { COORDINATE_BYTES, type GroupName, openAdditions } from "./point-additions.ts";

/** The generators' coordinates, those of G2 as c0, c1 each. */
const GENERATOR: Readonly<Record<GroupName, readonly bigint[]>> = {
  g1: g1Words(G1_GENERATOR),
  g2: g2Words(G2_GENERATOR),
};

/** Multiples of a group's generator in the arena. */
export interface Multiples {
  /** The address of d·2^(bits·window)·G, d = 1 … 2^(bits−1). */
  entry(window: number, d: number): number;
}

/** Writes 2^(bits·window)·G and twice that for every window, by one chain of doublings. */
function writeFirstTwo(
  arena: Arena,
  group: GroupName,
  bits: number,
  windows: number,
  { entry }: Multiples,
): void {
  const size = 2 * COORDINATE_BYTES[group];
  const power = arena.reserve(size);
  GENERATOR[group].forEach((coordinate, i) => {
    const from = arena.element("p", coordinate);
    arena.bytes().copyWithin(power + i * ELEMENT_BYTES, from, from + ELEMENT_BYTES);
  });
  for (let bit = 0; bit < windows * bits; bit++) {
    const d = (bit % bits) + 1;
    if (d <= 2) arena.bytes().copyWithin(entry(Math.floor(bit / bits), d), power, power + size);
    arena.call[`${group}_double`](power, power);
  }
}

/**
 * The table of fixed-base multiplication with signed windows of `bits` ≥ 2 bits. From m multiples come 2m by adding the m-th to
 * each of them, for all windows at once; the 2m-th is the one before it and the first.
 */
export function multiplesOf(arena: Arena, group: GroupName, bits: number, windows: number): Multiples {
  const size = 2 * COORDINATE_BYTES[group];
  const half = 2 ** (bits - 1);
  const table = arena.reserve(windows * half * size);
  const entry = (window: number, d: number): number => table + (window * half + d - 1) * size;
  writeFirstTwo(arena, group, bits, windows, { entry });
  const additions = openAdditions(arena, group);
  const sum = (window: number, d: number, a: number, b: number): void => {
    additions.start(entry(window, d), entry(window, a), false);
    additions.add(entry(window, d), entry(window, b), false);
  };
  for (let m = 2; m < half; m *= 2) {
    for (let window = 0; window < windows; window++) {
      for (let j = 1; j < m; j++) sum(window, m + j, j, m);
    }
    additions.flush();
    for (let window = 0; window < windows; window++) sum(window, 2 * m, 2 * m - 1, 1);
    additions.flush();
  }
  return { entry };
}
