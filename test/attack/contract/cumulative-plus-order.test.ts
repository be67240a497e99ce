import { it } from "node:test";
import { R } from "../../../src/crypto/field.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];

/** Claims what a position earned and r more: the same number for the pairing. */
async function claimShifted(mutants: Mutants, many = false): Promise<void> {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const item = await honestClaim(world, served, AMOUNTS, 2);
  const shifted = { ...item, cumulative: item.cumulative + R };
  const claimed = many ? world.chain.send(world.treasury, "claimMany", [[shifted]]) : claim(world, shifted);
  await claimed.finally(world.close);
}

it("an amount of 2⁹⁶ or more is refused", async () => {
  await assertReverts(claimShifted({}), "CumulativeOutOfRange");
});

it("the book's funds are a second limit", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove:
      "if (item.cumulative >> Params.CUMULATIVE_BITS != 0) revert CumulativeOutOfRange(item.cumulative);",
  });
  await assertReverts(claimShifted({ Treasury }), "FundsExceeded");
});

it("bites: without both the opening is accepted, and only the token has not so much to give", async () => {
  const Treasury = await compileMutant(
    SOURCES.Treasury,
    {
      file: TREASURY_PARTS.vault,
      remove:
        "if (item.cumulative >> Params.CUMULATIVE_BITS != 0) revert CumulativeOutOfRange(item.cumulative);",
    },
    { file: TREASURY_PARTS.vault, remove: "ledger.pay(item.book, units);" },
    // In the token's smallest parts, so that the amount does not overflow before it is asked for.
    {
      file: TREASURY_PARTS.books,
      remove: "safeTransfer(to, units * Params.WEI_PER_UNIT)",
      insert: "safeTransfer(to, units)",
    },
  );
  // In a group, where values are added up modulo r. A single claim's is negated, and panics.
  await assertReverts(claimShifted({ Treasury }, true), "ERC20InsufficientBalance");
  await assertReverts(claimShifted({ Treasury }), "Panic");
});
