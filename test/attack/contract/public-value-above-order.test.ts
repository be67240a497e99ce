import { it } from "node:test";
import { R } from "../../../src/crypto/field.ts";
import type { Compiled } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, statementTuple } from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, SOURCES } from "../../helpers/world.ts";

/** U + r for U = 5: the circuit proves 5, the chain would publish a number that no pool ever was. */
async function verifyShifted(AttributionVerifier?: Compiled): Promise<void> {
  const world = await deployWorld(AttributionVerifier ? { mutants: { AttributionVerifier } } : {});
  const { statement } = await commitBatch(world, await serve(world), 0n, FEES);
  const claim = { ...claimOf([1n, 2n, 3n, 4n, 5n, 6n]), unattributed: 5n + R };
  const proof = provedByTrapdoor(statement, claim);
  const args = [statementTuple(statement), claimTuple(claim), proof];
  await world.chain.read(world.verifier, "verify", args).finally(world.close);
}

it("a value of r or more is refused", async () => {
  await assertReverts(verifyShifted(), "NotAFieldElement");
});

it("bites: without the range check U + r passes for U", async () => {
  const mutant = await compileMutant(SOURCES.AttributionVerifier, {
    file: SOURCES.AttributionVerifier,
    remove: "if (value >= Params.SCALAR_ORDER) revert NotAFieldElement(value);",
  });
  await verifyShifted(mutant);
});
