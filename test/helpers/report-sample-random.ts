/** A seeded source of numbers in [0, 1). */
export type Random = () => number;

/** Mulberry32: small, seeded, good enough for a picture. */
export function randomSource(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Invented bytes, as 0x and hexadecimal digits. */
export const hexOf = (random: Random, length: number): string =>
  `0x${Array.from({ length: length * 2 }, () => Math.floor(random() * 16).toString(16)).join("")}`;
