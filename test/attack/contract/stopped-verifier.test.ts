import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES, type World } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];

/** A key turned out to be bad: its verifier is taken out while a batch is pending. */
async function settleAfter(mutants: Mutants, takeOut: (world: World) => Promise<unknown>) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const pending = await commitBatch(world, served, 4n, FEES);
  await takeOut(world);
  return { world, served, settle: () => settle(world, pending, claimOf([9n, 0n, 0n, 0n, 0n, 0n])) };
}

const stop = (world: World) =>
  world.chain.send(world.router, "stop", [world.selector], world.chain.accounts[1]);
const remove = (world: World) => world.chain.send(world.router, "remove", [world.selector]);

it("a stopped verifier settles nothing, and stops no claim on what was settled before", async () => {
  const { world, served, settle } = await settleAfter({}, stop);
  await assertReverts(settle(), "SelectorStopped");
  await claim(world, await honestClaim(world, served, AMOUNTS, 2));
  await world.close();
});

it("bites: a router that does not look at the stop settles", async () => {
  const VerifierRouter = await compileMutant(SOURCES.VerifierRouter, {
    file: SOURCES.VerifierRouter,
    remove: "if (entry.status == Status.Stopped) revert SelectorStopped(selector);",
  });
  const { world, settle } = await settleAfter({ VerifierRouter }, stop);
  await settle();
  await world.close();
});

it("no batch is committed under a verifier that was stopped or removed", async () => {
  for (const [takeOut, error] of [
    [stop, "SelectorStopped"],
    [remove, "SelectorRemoved"],
  ] as const) {
    const { world, served } = await settleAfter({}, takeOut);
    await assertReverts(commitBatch(world, served, 8n, FEES), error);
    await world.close();
  }
});

it("bites: where the escrow does not ask, it takes fees that can only expire", async () => {
  const ModelRegistry = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "ROUTER.verifierOf(terms.index.selector);",
  });
  const { world, served } = await settleAfter({ ModelRegistry }, stop);
  const committed = await commitBatch(world, served, 8n, FEES);
  await assertReverts(settle(world, committed, claimOf([9n, 0n, 0n, 0n, 0n, 0n])), "SelectorStopped");
  await world.close();
});

it("a removed verifier settles nothing, and does not come back under its selector", async () => {
  const { world, settle } = await settleAfter({}, remove);
  await assertReverts(settle(), "SelectorRemoved");
  await assertReverts(world.chain.send(world.router, "add", [world.verifier.address]), "SelectorTaken");
  await world.close();
});

it("bites: a router without tombstones takes it back", async () => {
  const VerifierRouter = await compileMutant(SOURCES.VerifierRouter, {
    file: SOURCES.VerifierRouter,
    remove: "if (_entries[selector].status != Status.Unknown) revert SelectorTaken(selector);",
  });
  const { world, settle } = await settleAfter({ VerifierRouter }, remove);
  await world.chain.send(world.router, "add", [world.verifier.address]);
  await settle();
  await world.close();
});
