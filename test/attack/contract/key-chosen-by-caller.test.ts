import { it } from "node:test";
import { addBrokenVerifier, settleUnproven } from "../../helpers/broken-key.ts";
import type { Compiled } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve } from "../../helpers/story.ts";
import { deployWorld, SOURCES } from "../../helpers/world.ts";

/** A broken key is registered, for indexes of its own. The attacker would like an honest index's batch checked by it. */
async function settleUnderOtherKey(Settlement?: Compiled): Promise<void> {
  const world = await deployWorld(Settlement ? { mutants: { Settlement } } : {});
  const selector = await addBrokenVerifier(world);
  const batch = await commitBatch(world, await serve(world), 0n, FEES);
  // The one field of a settlement that a caller chooses freely and that has room for a selector.
  const recipient = `${selector}${"00".repeat(16)}` as const;
  const claim = claimOf([100_000n, 0n, 0n, 0n, 0n, 0n], recipient);
  await settleUnproven(world, batch, claim).finally(world.close);
}

it("the key is the one that the index was registered with", async () => {
  await assertReverts(settleUnderOtherKey(), "ProofRejected");
});

it("bites: a settlement that takes the selector from its caller pays without a proof", async () => {
  const mutant = await compileMutant(SOURCES.Settlement, {
    file: SOURCES.Settlement,
    remove: "ROUTER.verifierOf(batch.index.selector)",
    insert: "ROUTER.verifierOf(bytes4(bytes20(claim.recipient)))",
  });
  await settleUnderOtherKey(mutant);
});
