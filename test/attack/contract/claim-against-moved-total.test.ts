import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const DAY = 24 * 3600;

/**
 * Prepares a claim; then settlements move the total, as somebody who wants to spoil the claim would have them do.
 *
 * @param pauses seconds to wait before each of those settlements
 */
async function claimAfterSettlements(mutants: Mutants, pauses: readonly number[]): Promise<void> {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const prepared = await honestClaim(world, served, AMOUNTS, 2);
  for (const [i, seconds] of pauses.entries()) {
    const batch = await commitBatch(world, served, BigInt(4 * i + 4), FEES);
    if (seconds > 0) await world.chain.wait(seconds);
    await settle(world, batch, claimOf([1n, 1n, 1n, 1n, 1n, 1n]));
  }
  await claim(world, prepared).finally(world.close);
}

it("a claim holds against a total that settlements have just moved, however many", async () => {
  await claimAfterSettlements({}, [0]);
  await claimAfterSettlements({}, [0, 0, 0, 0, 0]);
});

it("it holds for a day after the total was replaced, at the worst moment for it", async () => {
  // Replaced by the first settlement of the next period, which lasts a day.
  await claimAfterSettlements({}, [DAY, DAY - 60, 0, 0]);
  await claimAfterSettlements({}, [3 * DAY, DAY - 60]);
});

it("bites: where a period writes over the one before, that settlement spoils every claim under way", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.ledgers,
    remove: "(1 << (COUNT_BITS + 1)) - 1",
    insert: "(1 << COUNT_BITS) - 1",
  });
  await assertReverts(claimAfterSettlements({ Treasury }, [DAY]), "CheckpointUnknown");
});

it("a total that was replaced two periods ago is written over", async () => {
  await assertReverts(claimAfterSettlements({}, [DAY, DAY]), "CheckpointUnknown");
});

it("bites: where periods are over at once, three settlements spoil it", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.ledgers,
    remove: "RETENTION = 1 days",
    insert: "RETENTION = 0",
  });
  await assertReverts(claimAfterSettlements({ Treasury }, [0, 0, 0]), "CheckpointUnknown");
});
