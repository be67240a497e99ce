import type { Arena } from "./arena.ts";
import { ELEMENT_BYTES } from "./limbs.ts";

/** The two groups, as the kernel names them. */
export type GroupName = "g1" | "g2";

/** Bytes of a coordinate in the arena. */
export const COORDINATE_BYTES: Readonly<Record<GroupName, number>> = {
  g1: ELEMENT_BYTES,
  g2: 2 * ELEMENT_BYTES,
};

/** Additions that share an inversion at most. */
export const BATCH = 1024;
const PAIR_BYTES = 8;

/** Additions of affine points that wait until they are many. All addresses are even. */
export interface Additions {
  /** Sets the sum to the entry, or to its negative, at once with the other waiting ones. */
  start(sum: number, entry: number, negative: boolean): void;
  /** Adds the entry, or its negative, to the sum. No two that wait together may have the same sum. */
  add(sum: number, entry: number, negative: boolean): void;
  /**
   * Carries out what waits, the starts first.
   *
   * @throws RangeError where a sum is its entry or the negative of that: with scalars that depend on a random τ it does not
   * happen
   */
  flush(): void;
}

export function openAdditions(arena: Arena, group: GroupName): Additions {
  const starts = arena.reserve(BATCH * PAIR_BYTES);
  const adds = arena.reserve(BATCH * PAIR_BYTES);
  const work = arena.reserve((2 * BATCH + 2) * COORDINATE_BYTES[group]);
  const [start, add] = [arena.call[`${group}_start`], arena.call[`${group}_add`]];
  let [started, added] = [0, 0];
  const put = (list: number, i: number, sum: number, entry: number, negative: boolean): void => {
    const words = arena.words();
    const at = (list + i * PAIR_BYTES) / 4;
    words[at] = sum;
    words[at + 1] = negative ? entry + 1 : entry;
  };
  const flush = (): void => {
    if (started > 0) start(starts, started);
    if (added > 0 && !add(adds, work, added)) throw new RangeError("a partial sum met a table entry");
    [started, added] = [0, 0];
  };
  return {
    start(sum, entry, negative) {
      if (started === BATCH) flush();
      put(starts, started++, sum, entry, negative);
    },
    add(sum, entry, negative) {
      if (added === BATCH) flush();
      put(adds, added++, sum, entry, negative);
    },
    flush,
  };
}
