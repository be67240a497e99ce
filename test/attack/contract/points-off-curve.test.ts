import { it } from "node:test";
import { type Compiled, startChain } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, statementTuple } from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, SOURCES } from "../../helpers/world.ts";

const GAS = 30_000_000n;

/**
 * A valid proof of payouts of zero, with a C_P that is no point. A precompile that fails writes nothing, and what was there
 * is zero: infinity, the commitment to payouts of zero.
 */
async function verifyWithoutPoint(AttributionVerifier?: Compiled): Promise<void> {
  const world = await deployWorld({
    // Where a call may have as much gas as a block.
    chain: await startChain(31337, "amsterdam"),
    ...(AttributionVerifier && { mutants: { AttributionVerifier } }),
  });
  const { statement } = await commitBatch(world, await serve(world), 0n, FEES);
  const claim = { ...claimOf([0n, 0n, 0n, 0n, 0n, 0n]), payoutCommitment: { x: 1n, y: 3n } };
  const proof = provedByTrapdoor(statement, claim);
  const args = [statementTuple(statement), claimTuple(claim), proof];
  // A precompile that refuses takes all but a 64th of the gas: enough for a pairing has to be left of that.
  const call = { ...world.verifier, functionName: "verify", args, gas: GAS };
  await world.chain.client.readContract(call).finally(world.close);
}

it("a point off the curve is refused", async () => {
  await assertReverts(verifyWithoutPoint(), "PointRefused");
});

it("bites: where a precompile's refusal is overlooked, anything stands for infinity", async () => {
  // Both conditions go: a failed call returns nothing, so either of them refuses it.
  const call = "ok := staticcall(gas(), 7, input, 96, product, 64)\n";
  const mutant = await compileMutant(SOURCES.AttributionVerifier, {
    file: "contracts/libraries/Bn254.sol",
    remove: `${call}            ok := and(ok, eq(returndatasize(), 64))\n        }\n        if (!ok) revert PointRefused();`,
    insert: `${call}        }`,
  });
  await verifyWithoutPoint(mutant);
});
