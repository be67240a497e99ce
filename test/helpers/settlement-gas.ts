import { TIERS, type TierName } from "../../src/params/tiers.ts";
import { type GasBreakdown, gasBreakdown } from "./gas-trace.ts";
import { type Committed, claimOf, commitBatch, serve, settle, settleMany } from "./story.ts";
import { trapdoorKey } from "./trapdoor.ts";
import { deployWorld } from "./world.ts";

/**
 * A settlement of full batches into a book whose places for totals were all used before: what every settlement costs but the
 * first four of a book, and the first of a day. Split into where its gas goes;
 * `batches` of them in one transaction.
 */
export interface SettlementGas {
  readonly tier: TierName;
  readonly positions: number;
  readonly batches: number;
  readonly gas: number;
  readonly perBatch: number;
  /** Less calldata and its evaluation. */
  readonly fixed: number;
  readonly breakdown: GasBreakdown;
}

/** The treasury's RETENTION. */
export const PERIOD_SECONDS = 24 * 3600;

/** Places for totals. */
const TOTALS = 4;

/** Batches in one transaction that are measured; 1 is `settle`. */
const GROUPS: Readonly<Record<TierName, readonly number[]>> = {
  mini: [1, 2, 4, 8],
  small: [1, 8],
  large: [1, 2, 8],
};

/** Measures settlements of every tier with as many positions as it has, each with a proof that holds. */
export async function measureSettlements(): Promise<SettlementGas[]> {
  const measured = [];
  for (const tier of Object.keys(GROUPS) as TierName[]) measured.push(...(await measureTier(tier)));
  return measured;
}

async function measureTier(tier: TierName): Promise<SettlementGas[]> {
  const world = await deployWorld({ key: trapdoorKey(tier) });
  const { traces, positions } = TIERS[tier];
  const served = await serve(world, positions);
  const fees = Array.from({ length: traces }, (_, q) => BigInt(2_000 * positions + 977 * q));
  const payouts = Array.from({ length: positions }, (_, c) => BigInt(1_000 + c));
  const share = claimOf(payouts, world.people.recipient, tier);
  let number = 0n;
  const commit = async (place = 0n) => {
    const committed = await commitBatch(world, served, number, fees, place);
    number += BigInt(traces);
    return committed;
  };
  const groups = GROUPS[tier];
  for (let i = 0; i < TOTALS; i++) await settle(world, await commit(), share, number);

  const measured = [];
  for (const batches of groups) {
    const group: Committed[] = [];
    for (let i = 0; i < batches; i++) group.push(await commit(BigInt(i)));
    const claims = group.map(() => share);
    const sent = batches === 1 ? settle(world, group[0]!, share, number) : settleMany(world, group, claims);
    const { receipt } = await sent;
    const breakdown = await gasBreakdown(world, receipt);
    const gas = Number(receipt.gasUsed);
    const fixed = gas - breakdown.calldata - breakdown.evaluation;
    measured.push({ tier, positions, batches, gas, perBatch: Math.round(gas / batches), fixed, breakdown });
  }
  await world.close();
  return measured;
}
