import assert from "node:assert/strict";
import { it } from "node:test";
import { encodeFunctionData } from "viem";
import { settleUnproven } from "../../helpers/broken-key.ts";
import { compileSolidity } from "../../helpers/compile-solidity.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { deployWorld, type Mutants, SOURCES, type World } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];

/** A hostile verifier behind the router, armed with a call; then a settlement that is checked by it. */
async function settleReentered(
  mutants: Mutants,
  call: (world: World) => { to: `0x${string}`; data: string },
) {
  const world = await deployWorld({ mutants });
  const compiled = await compileSolidity("test/contracts/solidity/Reentrant.sol", "Reentrant");
  const tau = await world.chain.read(world.router, "tauDigest");
  const verifier = await world.chain.deploy(compiled, [`0xdeadbeef${"00".repeat(28)}`, tau]);
  const { result } = await world.chain.send(world.router, "add", [verifier.address]);
  const served = await serve({ ...world, selector: result as `0x${string}` });
  const { to, data } = call(world);
  await world.chain.send(verifier, "arm", [to, data]);
  const batch = await commitBatch(world, served, 0n, FEES);
  const outcome = settleUnproven(world, batch, claimOf(AMOUNTS.slice(0, 6)));
  return { world, verifier, outcome };
}

/** A call back that changes something: approving a spender in the verifier's name. */
const approve = (world: World) => ({
  to: world.open.address,
  data: encodeFunctionData({
    abi: world.open.abi,
    functionName: "approve",
    args: [world.people.recipient, 1n],
  }),
});

it("a verifier that calls back changes nothing: it is called statically", async () => {
  const { world, outcome } = await settleReentered({}, approve);
  await assert.rejects(outcome);
  await world.close();
});

it("bites: called otherwise, it has its way in the middle of a settlement", async () => {
  const Settlement = await compileMutant(SOURCES.Settlement, {
    file: "contracts/interfaces/IAttributionVerifier.sol",
    remove: "Proof calldata proof) external view;",
    insert: "Proof calldata proof) external;",
  });
  const { world, verifier, outcome } = await settleReentered({ Settlement }, approve);
  await outcome;
  const allowed = [verifier.address, world.people.recipient];
  assert.equal(await world.chain.read(world.open, "allowance", allowed), 1n);
  await world.close();
});

interface Step {
  readonly op: string;
  readonly stack: readonly string[];
}

/** Every address that a transaction calls. */
async function callees(world: World, hash: `0x${string}`): Promise<Set<bigint>> {
  const request = { method: "debug_traceTransaction", params: [hash, { disableStorage: true }] };
  const { structLogs } = (await world.chain.client.request(request as never)) as { structLogs: Step[] };
  const calls = structLogs.filter(({ op }) => op === "CALL" || op === "DELEGATECALL" || op === "CALLCODE");
  return new Set(calls.map(({ stack }) => BigInt(stack.at(-2)!)));
}

it("settling and claiming call nobody outside: a recipient that refuses every call is credited", async () => {
  const world = await deployWorld();
  const served = await serve(world);
  const committed = await commitBatch(world, served, 0n, FEES);
  // The verifier's contract: it has no function that a token or a payment could call.
  const recipient = world.verifier.address;
  const settled = await settle(world, committed, claimOf(AMOUNTS.slice(0, 6), recipient));
  assert.ok((await world.chain.read<bigint>(world.treasury, "creditOf", [recipient])) > 0n);
  const claimed = await claim(world, await honestClaim(world, served, AMOUNTS, 2));
  const own = [
    world.open.address,
    world.treasury.address,
    await world.chain.read<string>(world.datanets, "positions"),
  ].map(BigInt);
  for (const { receipt } of [settled, claimed]) {
    for (const callee of await callees(world, receipt.transactionHash)) assert.ok(own.includes(callee));
  }
  await world.close();
});
