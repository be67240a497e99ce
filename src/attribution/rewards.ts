import { SHIFT } from "../params/bits.ts";

/** What one trace's scores and pool give, before the sum over traces. */
export interface TraceSplit {
  /** W_q = Σ_c max(0, S_qc). */
  readonly weight: bigint;
  /** a_q = ⌊pool_q·2^SHIFT / W_q⌋, 0 where W_q = 0. */
  readonly rate: bigint;
  /** rem_q = pool_q·2^SHIFT mod W_q, 0 where W_q = 0. */
  readonly remainder: bigint;
  /** z_q = 1 where W_q = 0. */
  readonly empty: boolean;
}

export interface Split {
  readonly traces: readonly TraceSplit[];
  /** pay_c in units, one for each position. */
  readonly payouts: readonly bigint[];
  /** What the shift by SHIFT cuts off each position's sum: in [0, 2^SHIFT). */
  readonly fractions: readonly bigint[];
  /** U: the sum of the pools whose trace has W = 0, in units. */
  readonly unattributed: bigint;
  /** R: the sum of all pools, in units. */
  readonly total: bigint;
}

const positive = (score: number): bigint => (score > 0 ? BigInt(score) : 0n);

function splitTrace(scores: Int32Array, pool: bigint): TraceSplit {
  let weight = 0n;
  for (const score of scores) weight += positive(score);
  if (weight === 0n) return { weight, rate: 0n, remainder: 0n, empty: true };
  const scaled = pool << BigInt(SHIFT);
  return { weight, rate: scaled / weight, remainder: scaled % weight, empty: false };
}

/**
 * The reward rule in integers: the judge of the circuit.
 *
 * Only positive scores earn, each trace's pool is split in proportion to it, sums are
 * over traces and rounded down once for each position.
 *
 * @param scores one Int32Array of C scores S_q for each trace
 * @param pools pool_q in units, one for each trace
 */
export function splitPools(scores: readonly Int32Array[], pools: readonly bigint[]): Split {
  if (scores.length !== pools.length) throw new RangeError("one pool for each trace");
  const positions = scores[0]?.length ?? 0;
  const traces = scores.map((row, q) => splitTrace(row, pools[q]!));
  const sums = new Array<bigint>(positions).fill(0n);
  scores.forEach((row, q) => {
    const rate = traces[q]!.rate;
    for (let c = 0; c < positions; c++) sums[c]! += rate * positive(row[c]!);
  });
  const mask = (1n << BigInt(SHIFT)) - 1n;
  return {
    traces,
    payouts: sums.map((sum) => sum >> BigInt(SHIFT)),
    fractions: sums.map((sum) => sum & mask),
    unattributed: traces.reduce((sum, trace, q) => (trace.empty ? sum + pools[q]! : sum), 0n),
    total: pools.reduce((sum, pool) => sum + pool, 0n),
  };
}
