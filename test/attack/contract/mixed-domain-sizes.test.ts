import { it } from "node:test";
import type { Compiled } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { indexRegistration, serve } from "../../helpers/story.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";
import { built, deployWorld, SOURCES, verifierArguments } from "../../helpers/world.ts";

/**
 * A DataNet of 16 positions, an index of a tier of 128. Its payouts would be a polynomial on the 128th roots of unity,
 * and ω₁₆ = ω₁₂₈⁸: what it gives to row 8 the vault would pay to position 1.
 */
async function registerOtherTier(ModelRegistry?: Compiled): Promise<void> {
  const world = await deployWorld(ModelRegistry ? { mutants: { ModelRegistry } } : {});
  const { modelId } = await serve(world);
  const args = verifierArguments(trapdoorKey("small"));
  const { address } = await world.chain.deploy(await built("AttributionVerifier"), args);
  const { result: selector } = await world.chain.send(world.router, "add", [address]);
  const registration = { ...indexRegistration(world, modelId), selector };
  await world.chain.send(world.models, "registerIndex", [registration]).finally(world.close);
}

it("an index of another domain size than the DataNet's is refused", async () => {
  await assertReverts(registerOtherTier(), "TierMismatch");
});

it("bites: without the check it is registered", async () => {
  const mutant = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "if (tier.positions != capacity) revert TierMismatch(tier.positions, capacity);",
  });
  await registerOtherTier(mutant);
});
