import assert from "node:assert/strict";
import { it } from "node:test";
import type { Statement } from "../../../src/protocol/statement.ts";
import { batchKey } from "../../../src/protocol/transcript.ts";
import { bookOf } from "../../../src/settlement/vault.ts";
import { addBrokenVerifier, settleUnproven } from "../../helpers/broken-key.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve } from "../../helpers/story.ts";
import { g1, provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, type Mutants, owed, SOURCES } from "../../helpers/world.ts";

/** All of a batch to position 0: what the attacker's own index would say. */
const SHARE = claimOf([100_000n, 0n, 0n, 0n, 0n, 0n]);

/** A batch of an honest index, and another DataNet and a broken verifier that the attacker would rather have it settled under. */
async function committed(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const own = await serve(world);
  const selector = await addBrokenVerifier(world);
  return { world, served, own, selector, honest: await commitBatch(world, served, 0n, FEES) };
}

type Setting = Awaited<ReturnType<typeof committed>>;

/** Settles the batch as if it were of an index with `change`, with a proof that holds for the batch as it is stated. */
async function settleStated(
  { world, honest }: Setting,
  change: Partial<Setting["honest"]["batch"]["index"]>,
) {
  const index = { ...honest.batch.index, ...change };
  const batch = { ...honest.batch, index };
  const { pools, traces, chainId } = honest.statement;
  const statement: Statement = {
    ...honest.statement,
    indexCommitment: index.commitment,
    batchKey: batchKey({
      ...honest.batch,
      index: { ...index, positions: Number(index.positions) },
      chainId,
      treasury: world.treasury.address,
      pools,
      traces,
    }),
  };
  return world.chain.send(world.settlement, "settle", [
    batch,
    claimTuple(SHARE),
    provedByTrapdoor(statement, SHARE),
  ]);
}

it("a batch is settled under the index it was committed under, whatever its caller says about it", async () => {
  const setting = await committed({});
  const { world, own, selector, honest } = setting;
  await assertReverts(settleStated(setting, { datanetId: own.datanetId }), "BatchNotPending");
  for (const change of [{ selector }, { selector, commitment: g1(77n) }]) {
    const batch = { ...honest.batch, index: { ...honest.batch.index, ...change } };
    await assertReverts(settleUnproven(world, { ...honest, batch }, SHARE), "BatchNotPending");
  }
  await world.close();
});

const TRANSCRIPT = "contracts/libraries/Transcript.sol";
/** Keys that name a batch but nothing of its index, of a batch that is made and of one that is brought. */
const indexLeftOut = [
  { file: TRANSCRIPT, remove: "                batch.index,\n", insert: "[uint256(0), 0, 0, 0, 0],\n" },
  {
    file: TRANSCRIPT,
    remove: "calldatacopy(add(free, 96), batch, 352)",
    insert: "calldatacopy(add(free, 96), batch, 352) calldatacopy(add(free, 128), calldatasize(), 160)",
  },
] as const;

it("bites: where the batch key does not hash the index, the caller's own verifier is asked", async () => {
  const setting = await committed({
    Treasury: await compileMutant(SOURCES.Treasury, ...indexLeftOut),
    Settlement: await compileMutant(SOURCES.Settlement, ...indexLeftOut),
  });
  const { world, served, selector, honest } = setting;
  const batch = { ...honest.batch, index: { ...honest.batch.index, selector } };
  await settleUnproven(world, { ...honest, batch }, SHARE);
  assert.equal(await owed(world, bookOf(served.datanetId, selector)), 100_000n);
  await world.close();
});
