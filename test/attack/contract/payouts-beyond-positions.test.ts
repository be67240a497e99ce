import { it } from "node:test";
import type { Compiled } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, statementTuple } from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, SOURCES } from "../../helpers/world.ts";

const PACKED = "contracts/libraries/PackedAmounts.sol";

/**
 * An index whose maker gave influence to rows that nobody owns yet: the circuit proves payouts to them, and whoever joins
 * later collects.
 */
async function payUnowned(count: number, AttributionVerifier?: Compiled): Promise<void> {
  const world = await deployWorld(AttributionVerifier ? { mutants: { AttributionVerifier } } : {});
  const { statement } = await commitBatch(world, await serve(world, 6), 0n, FEES);
  const claim = claimOf(new Array<bigint>(count).fill(1_000n));
  const proof = provedByTrapdoor(statement, claim);
  const args = [statementTuple(statement), claimTuple(claim), proof];
  await world.chain.read(world.verifier, "verify", args).finally(world.close);
}

it("a list of payouts with more words than n takes is refused", async () => {
  await assertReverts(payUnowned(16), "WordCountMismatch");
});

it("a payout in the last word, past n, is refused", async () => {
  await assertReverts(payUnowned(7), "StrayBits");
});

it("bites: without the count of words, positions that nobody owns are paid", async () => {
  const mutant = await compileMutant(
    SOURCES.AttributionVerifier,
    {
      file: PACKED,
      remove: "if (words.length != wordCount(count)) revert WordCountMismatch(words.length, count);",
    },
    { file: PACKED, remove: " || (used != 0 && last >> (used * BITS) != 0)" },
  );
  await payUnowned(16, mutant);
});

it("bites: without the look at the last word, so are those in it", async () => {
  const mutant = await compileMutant(SOURCES.AttributionVerifier, {
    file: PACKED,
    remove: " || (used != 0 && last >> (used * BITS) != 0)",
  });
  await payUnowned(7, mutant);
});
