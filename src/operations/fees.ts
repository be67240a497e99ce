import { TributaryError } from "../core/errors.ts";
import { MIN_POOL_UNITS_PER_POSITION, POOL_BITS, WEI_PER_UNIT } from "../params/bits.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import type { RevenueSplit } from "../settlement/model.ts";

const BASIS_POINTS = 10_000n;
const UNITS_PER_OPEN = 10n ** 18n / WEI_PER_UNIT;

/** Contributors get 70 % of a fee: an index that says nothing else is registered with this. */
export const DEFAULT_SPLIT: RevenueSplit = { platform: 500, modelOwner: 2000, stakers: 300, prover: 200 };

/** What each party gets of one fee, in units; the sum is the fee. */
export interface FeeShares {
  readonly platform: bigint;
  readonly modelOwner: bigint;
  readonly stakers: bigint;
  readonly prover: bigint;
  /** What is left for contributors. */
  readonly pool: bigint;
}

/** docs/encodings.md, "Money": every share is rounded down, what rounding leaves goes to the contributors. */
export function splitFee(fee: bigint, split: RevenueSplit): FeeShares {
  const share = (basisPoints: number): bigint => (fee * BigInt(basisPoints)) / BASIS_POINTS;
  const [platform, modelOwner] = [share(split.platform), share(split.modelOwner)];
  const [stakers, prover] = [share(split.stakers), share(split.prover)];
  return { platform, modelOwner, stakers, prover, pool: fee - platform - modelOwner - stakers - prover };
}

/**
 * The pool of a fee, if a tier's batch can hold it.
 *
 * @throws TRB_FEES_POOL
 */
export function poolOf(fee: bigint, split: RevenueSplit, tier: TierName): bigint {
  const { pool } = splitFee(fee, split);
  const least = MIN_POOL_UNITS_PER_POSITION * BigInt(TIERS[tier].positions);
  if (pool >= least && pool < 1n << BigInt(POOL_BITS)) return pool;
  throw new TributaryError(
    "TRB_FEES_POOL",
    "This fee leaves contributors too little, or more than a batch can hold.",
    {
      details: `pool ${formatOpen(pool)} OPEN; tier ${tier} takes ${formatOpen(least)} to ${formatOpen((1n << BigInt(POOL_BITS)) - 1n)}`,
      hint: "Choose another --fee.",
    },
  );
}

/** Units as OPEN: 12500000 → "0.0125". */
export function formatOpen(units: bigint): string {
  const fraction = (units % UNITS_PER_OPEN).toString().padStart(9, "0").replace(/0+$/, "");
  return `${units / UNITS_PER_OPEN}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * An amount of OPEN with at most nine decimals, as units.
 *
 * @throws TRB_FEES_AMOUNT
 */
export function parseOpen(text: string): bigint {
  const match = /^(\d{1,10})(?:\.(\d{1,9}))?$/.exec(text);
  if (match !== null) return BigInt(match[1]!) * UNITS_PER_OPEN + BigInt((match[2] ?? "").padEnd(9, "0"));
  throw new TributaryError("TRB_FEES_AMOUNT", "This is not an amount of OPEN.", {
    details: text,
    hint: "Digits, and at most nine decimals: 0.01",
  });
}
