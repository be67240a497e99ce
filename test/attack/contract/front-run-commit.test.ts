import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve } from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

/** A stranger with money sees the operator's batch coming and commits another one under its numbers. */
async function frontRun(mutants: Mutants = {}) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const stranger = world.chain.accounts[9]!;
  await world.chain.send(world.open, "transfer", [stranger.address, 10n ** 24n]);
  await world.chain.send(world.open, "approve", [world.treasury.address, 10n ** 24n], stranger);
  const commit = (n0: bigint, fees: readonly bigint[]) =>
    world.chain.send(
      world.treasury,
      "commitBatch",
      [served.indexId, n0, n0, fees, fees.map((_, q) => BigInt(q + 1))],
      stranger,
    );
  return { world, served, commit };
}

it("nobody but a registered operator commits, so nobody takes an operator's numbers", async () => {
  const { world, served, commit } = await frontRun();
  await assertReverts(commit(0n, [50_000n]), "NotOperator");
  await commitBatch(world, served, 0n, FEES);
  await world.close();
});

it("bites: where anybody commits, the operator's batch is shut out", async () => {
  const ModelRegistry = await compileMutant(SOURCES.ModelRegistry, {
    file: SOURCES.ModelRegistry,
    remove: "if (!_operators[indexId][operator]) revert NotOperator(indexId, operator);",
  });
  const { world, served, commit } = await frontRun({ ModelRegistry });
  await commit(0n, [50_000n]);
  await assertReverts(commitBatch(world, served, 0n, FEES), "WrongNumber");
  await world.close();
});

it("bites: where numbers are not checked, two batches prove the same payments", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.escrow,
    remove: "if (batch.n0 != lane.nextNumber) revert WrongNumber(batch.n0, lane.nextNumber);",
  });
  const { world, served } = await frontRun({ Treasury });
  await commitBatch(world, served, 0n, FEES);
  await world.chain.wait(1);
  await commitBatch(world, served, 0n, FEES, 1n);
  await world.close();
});

it("a pool other than the fee's share is not in any batch key, so a false R settles nothing", async () => {
  const { world, served } = await frontRun();
  const { batch, statement } = await commitBatch(world, served, 0n, FEES);
  const pools = statement.pools.map((pool, q) => (q === 0 ? pool + 1_000n : pool));
  const poolWords = [batch.poolWords[0]! + 1_000n];
  const preimage = { ...batch, poolWords };
  const batchKey = await world.chain.read<`0x${string}`>(world.treasury, "batchKeyOf", [preimage]);
  const claim = claimOf([pools.reduce((sum, pool) => sum + pool, 0n), 0n, 0n, 0n, 0n, 0n]);
  const proof = provedByTrapdoor({ ...statement, pools, batchKey }, claim);
  const settle = world.chain.send(world.settlement, "settle", [preimage, claimTuple(claim), proof]);
  await assertReverts(settle, "BatchNotPending");
  await world.close();
});
