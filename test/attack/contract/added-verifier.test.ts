import assert from "node:assert/strict";
import { it } from "node:test";
import { addBrokenVerifier, NONSENSE, settleUnproven } from "../../helpers/broken-key.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import {
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  indexRegistration,
  serve,
  settle,
} from "../../helpers/story.ts";
import { built, deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

const C = 16;
/** The honest settlement: position 5 has earned, and has not claimed yet. */
const EARNED = [10n, 20n, 30n, 40n, 50n, 100_000n, ...new Array<bigint>(C - 6).fill(0n)];
const DIGEST = `0x${"01".repeat(32)}`;

/**
 * A DataNet with money that nobody claimed, and a verifier that the router's owner added later, of a broken
 * key. An outsider, who owns neither DataNet nor model, brings it to the DataNet.
 */
async function invaded(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const { chain, models } = world;
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(EARNED.slice(0, 6)));

  const selector = await addBrokenVerifier(world);
  const outsider = chain.accounts[2]!;
  const { result: modelId } = await chain.send(
    models,
    "registerModel",
    [served.datanetId, DIGEST, DIGEST],
    outsider,
  );
  const registration = { ...indexRegistration(world, modelId as bigint), selector };
  const register = () => chain.send(models, "registerIndex", [registration], outsider);
  return { world, served, selector, register, outsider };
}

it("a verifier that the DataNet's owner did not admit proves nothing for it", async () => {
  const { world, served, selector, register, outsider } = await invaded({});
  await assertReverts(register(), "VerifierNotAdmitted");
  const admit = [served.datanetId, selector];
  await assertReverts(world.chain.send(world.models, "admitVerifier", admit, outsider), "NotDataNetOwner");
  await assertReverts(
    world.chain.send(world.models, "admitVerifier", [served.datanetId, "0x01020304"]),
    "SelectorUnknown",
  );
  assert.equal(await world.chain.read(world.models, "isAdmitted", admit), false);
  await world.chain.send(world.models, "admitVerifier", admit);
  await register();
  await world.close();
});

it("anybody's model is registered under a verifier that the owner admitted", async () => {
  const { world, served, outsider } = await invaded({});
  const model = [served.datanetId, DIGEST, DIGEST];
  const { result: modelId } = await world.chain.send(world.models, "registerModel", model, outsider);
  const registration = indexRegistration(world, modelId as bigint);
  await world.chain.send(world.models, "registerIndex", [registration], outsider);
  await world.close();
});

it("bites: where anybody chooses the verifier, one of a broken key speaks for the DataNet", async () => {
  const ModelRegistry = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "_requireAdmitted(model.datanetId, registration.selector, tier.positions);",
  });
  const { world, served, selector, register, outsider } = await invaded({ ModelRegistry });
  const { chain, models, treasury, router, settlement } = world;
  const indexId = (await register()).result as bigint;
  await chain.send(models, "setOperator", [indexId, outsider.address, true], outsider);
  const batch = await commitBatch(world, { ...served, indexId, selector }, 0n, [30_000n], 4n);
  const forged = claimOf([0n, 20_000n, 0n, 0n, 0n, 0n]);
  await settleUnproven(world, batch, forged);

  const args = [treasury.address, router.address, settlement.address];
  const consumer = await chain.deploy(await built("AttributionConsumer"), args);
  await chain.send(consumer, "attest", [batch.batch, claimTuple(forged), NONSENSE, 1]);
  assert.equal(await chain.read(consumer, "bestReward", [served.datanetId, 1n]), 20_000n);
  await world.close();
});
