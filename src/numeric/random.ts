/** A stream of numbers that a seed decides, the same on every machine. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Uniform in 0 … n − 1; n up to 2^32. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** 0 … n − 1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array;
}

/** MurmurHash3's finaliser: every input bit reaches every output bit. */
export function mix32(x: number): number {
  let h = x >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * xoshiro128** (Blackman and Vigna, 2018), its state filled by a Weyl sequence through `mix32`.
 *
 * @param seed unsigned 32-bit
 */
export function seededRandom(seed: number): Random {
  const state = Uint32Array.from({ length: 4 }, (_, i) => mix32(seed + Math.imul(0x9e3779b9, i + 1)));
  const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(state[1]!, 5), 7), 9) >>> 0;
    const shifted = state[1]! << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= shifted;
    state[3] = rotate(state[3]!, 11);
    return result;
  };
  const uniform = (): number => next() / 2 ** 32;
  const integer = (n: number): number => Math.floor(uniform() * n);

  return {
    uniform,
    integer,
    // Box–Muller; 1 − u is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
      }
      return order;
    },
  };
}
