import assert from "node:assert/strict";
import { it } from "node:test";
import type { G1 } from "../../../src/crypto/points.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const ONES = [1n, 1n, 1n, 1n, 1n, 1n];
const NONE = [0n, 0n, 0n, 0n, 0n, 0n];
const DAY = 24 * 3600;

/**
 * Prepares a claim; then settlements move the total, as somebody who wants to spoil the claim would have them do.
 *
 * @param before seconds to wait, and settle once, before the claim is prepared against the day's closing total
 * @param pauses seconds to wait before each of the settlements that follow
 * @param periods that began before, each with a settlement that pays nobody: which of the two places is the day's
 */
async function claimAfterSettlements(
  mutants: Mutants,
  pauses: readonly number[],
  before?: number,
  periods = 0,
): Promise<void> {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  let number = 0n;
  const bring = async (payouts: readonly bigint[], seconds = 0) => {
    const batch = await commitBatch(world, served, number, FEES, 0n);
    number += 4n;
    if (seconds > 0) await world.chain.wait(seconds);
    await settle(world, batch, claimOf(payouts), number);
  };
  for (let i = 0; i < periods; i++) await bring(NONE, DAY);
  await bring(AMOUNTS.slice(0, 6));
  const prepared = await honestClaim(world, served, AMOUNTS, 2);
  if (before !== undefined) {
    await bring(ONES, before);
    const [total] = await world.chain.read<[G1]>(world.treasury, "closingTotalOf", [served.book]);
    assert.deepEqual(total, prepared.total);
  }
  for (const seconds of pauses) await bring(ONES, seconds);
  await claim(world, prepared).finally(world.close);
}

it("a claim holds against a total that settlements have just moved, three of them at least", async () => {
  await claimAfterSettlements({}, [0]);
  await claimAfterSettlements({}, [0, 0, 0]);
  await assertReverts(claimAfterSettlements({}, [0, 0, 0, 0]), "CheckpointUnknown");
});

it("against a day's closing total it holds for the next day, however many settle, at the worst moment for it", async () => {
  // The next period begins just before the claim is mined, and lasts a day.
  for (const periods of [0, 2]) {
    await claimAfterSettlements({}, [0, 0, 0, 0, 0, DAY, DAY - 60], DAY, periods);
    await claimAfterSettlements({}, [DAY, DAY - 60, 0, 0, 0, 0], 3 * DAY, periods);
  }
});

it("bites: where one of the two places is not looked at, that claim is refused", async () => {
  for (const [place, periods] of [
    ["false", 0],
    ["true", 2],
  ] as const) {
    const Treasury = await compileMutant(SOURCES.Treasury, {
      file: TREASURY_PARTS.ledgers,
      remove: `ledger.totals[_closingPlace(${place})] == word`,
      insert: "false",
    });
    const claimed = claimAfterSettlements({ Treasury }, [0, 0, 0, 0], DAY, periods);
    await assertReverts(claimed, "CheckpointUnknown");
  }
});

it("bites: where a period's closing total comes over the one before, that settlement spoils the claim", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.ledgers,
    remove: "return odd ? PLACES + 1 : PLACES;",
    insert: "return odd ? PLACES : PLACES;",
  });
  await assertReverts(claimAfterSettlements({ Treasury }, [0, 0, 0, DAY], DAY), "CheckpointUnknown");
});

it("a closing total is written over in the period after the next", async () => {
  await assertReverts(claimAfterSettlements({}, [DAY, DAY, 0], DAY), "CheckpointUnknown");
});

it("bites: where periods are over at once, a burst spoils it", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.ledgers,
    remove: "RETENTION = 1 days",
    insert: "RETENTION = 0",
  });
  await assertReverts(claimAfterSettlements({ Treasury }, [0, 0, 0, 0, 0], DAY), "CheckpointUnknown");
});
