import { it } from "node:test";
import { settleUnproven } from "../../helpers/broken-key.ts";
import { compileSolidity } from "../../helpers/compile-solidity.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, indexRegistration, serve } from "../../helpers/story.ts";
import { deployWorld, type Mutants, SOURCES, type World } from "../../helpers/world.ts";

const register = (world: World, modelId: bigint, selector: unknown) =>
  world.chain.send(world.models, "registerIndex", [{ ...indexRegistration(world, modelId), selector }]);

/**
 * A verifier whose book has 16 positions says 128 later. Payouts of its indexes would be polynomials on the 128th roots of
 * unity, and ω₁₆ = ω₁₂₈⁸: what they give to row 8 the vault would pay to position 1.
 */
async function registerShifted(mutants: Mutants): Promise<void> {
  const world = await deployWorld({ mutants });
  const { modelId } = await serve(world);
  const compiled = await compileSolidity("test/contracts/solidity/ShiftingTier.sol", "ShiftingTier");
  const tau = await world.chain.read(world.router, "tauDigest");
  const verifier = await world.chain.deploy(compiled, [`0xdeadbeef${"00".repeat(28)}`, tau]);
  const { result: selector } = await world.chain.send(world.router, "add", [verifier.address]);
  await register(world, modelId, selector);
  await world.chain.send(verifier, "shift", [128]);
  await register(world, modelId, selector).finally(world.close);
}

it("an index of another domain size than its book's is refused", async () => {
  await assertReverts(registerShifted({}), "TierMismatch");
});

it("bites: without the check it is registered", async () => {
  const ModelRegistry = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "if (capacity != admitted) revert TierMismatch(capacity, admitted);",
  });
  await registerShifted({ ModelRegistry });
});

/** A seventeenth position joins, and an index is registered under a verifier of sixteen. */
async function outgrown(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world, 17);
  return { world, served };
}

it("an index with more positions than its tier is refused", async () => {
  await assertReverts(outgrown({}), "TierTooSmall");
});

it("bites: without the check fees are taken that no proof can ever pay out", async () => {
  const ModelRegistry = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "if (taken > tier.positions) revert TierTooSmall(tier.positions, taken);",
  });
  const { world, served } = await outgrown({ ModelRegistry });
  const committed = await commitBatch(world, served, 0n, FEES);
  const payouts = {
    ...claimOf(new Array<bigint>(16).fill(1_000n)),
    payouts: new Array<bigint>(17).fill(1_000n),
  };
  await assertReverts(settleUnproven(world, committed, payouts), "PositionCountOutOfRange");
  await world.close();
});
