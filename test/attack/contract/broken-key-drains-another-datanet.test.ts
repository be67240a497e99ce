import assert from "node:assert/strict";
import { it } from "node:test";
import type { G1 } from "../../../src/crypto/points.ts";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { addBrokenVerifier, settleUnproven } from "../../helpers/broken-key.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { g1 } from "../../helpers/trapdoor.ts";
import { claim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

/** What the attacker writes for each of its positions: far more than its batch brought. */
const GRAB = 100_000n;

/**
 * One DataNet is settled honestly. Another has an index under a broken key; its owner settles one small
 * batch with C_P = [GRAB]₁, the constant polynomial, whose opening anywhere is infinity, and claims.
 */
async function drain(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const victim = await serve(world);
  const honest = claimOf([1_000n, 2_000n, 3_000n, 4_000n, 5_000n, 100_000n]);
  await settle(world, await commitBatch(world, victim, 0n, FEES), honest);

  const selector = await addBrokenVerifier(world);
  const attacker = await serve({ ...world, selector });
  const batch = await commitBatch(world, attacker, 0n, [30_000n], 4n);
  const list = [1_000n, 0n, 0n, 0n, 0n, 0n];
  await settleUnproven(world, batch, { ...claimOf(list), payoutCommitment: g1(GRAB) });
  const [total, checkpoint] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [
    attacker.book,
  ]);
  const item = {
    book: attacker.book,
    checkpoint,
    total,
    position: 0n,
    cumulative: GRAB,
    opening: { x: 0n, y: 0n },
  };
  return { world, take: () => claim(world, item), thief: world.chain.accounts[6]!.address };
}

it("a broken key takes no more than its own book's settlements brought", async () => {
  const { world, take } = await drain({});
  await assertReverts(take(), "FundsExceeded");
  await world.close();
});

it("bites: without the book's limit it takes another's rewards", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.ledgers,
    remove: "if (units > owed) revert IRewardVault.FundsExceeded(book, units, owed);",
    insert: "if (units > owed) return;",
  });
  const { world, take, thief } = await drain({ Treasury });
  await take();
  assert.equal(await balance(world, thief), GRAB * WEI_PER_UNIT);
  await world.close();
});
