import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const DAY = 24 * 3600;
const LEDGERS = "contracts/rewards/Ledgers.sol";
const AGE_CHECK = "if (checkpoint < ledger.newest && _isAged(ledger, checkpoint)) {";

/** Prepares a claim; then settlements move the total, as somebody who wants to spoil the claim would have them do. */
async function claimAfterSettlements(mutants: Mutants, count: number, pauseDays = 0): Promise<void> {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const prepared = await honestClaim(world, served, AMOUNTS, 2);
  for (let i = 1; i <= count; i++) {
    const batch = await commitBatch(world, served, BigInt(4 * i), FEES);
    await settle(world, batch, claimOf([1n, 1n, 1n, 1n, 1n, 1n]));
  }
  if (pauseDays > 0) await world.chain.wait(pauseDays * DAY);
  await claim(world, prepared).finally(world.close);
}

it("a claim holds against a total that settlements have just moved, however many", async () => {
  await claimAfterSettlements({}, 1);
  await claimAfterSettlements({}, 5);
});

it("it holds for a day and more", async () => {
  await claimAfterSettlements({}, 1, 6);
});

it("bites: where only the newest total counts, one settlement spoils every claim under way", async () => {
  const RewardVault = await compileMutant(SOURCES.RewardVault, {
    file: LEDGERS,
    remove: AGE_CHECK,
    insert: "if (checkpoint < ledger.newest) {",
  });
  await assertReverts(claimAfterSettlements({ RewardVault }, 1), "CheckpointExpired");
});

it("a total that was replaced too long ago is refused", async () => {
  await assertReverts(claimAfterSettlements({}, 1, 8), "CheckpointExpired");
});

it("bites: without the check of age it is taken for ever", async () => {
  const RewardVault = await compileMutant(SOURCES.RewardVault, {
    file: LEDGERS,
    remove: AGE_CHECK,
    insert: "if (false) {",
  });
  await claimAfterSettlements({ RewardVault }, 1, 8);
});
