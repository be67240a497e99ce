import assert from "node:assert/strict";
import { it } from "node:test";
import { bn254 } from "@noble/curves/bn254.js";
import { inverse } from "../../../src/crypto/field.ts";
import type { Proof } from "../../../src/protocol/statement.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, settle, settleMany } from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, type Mutants, owed, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const PAYOUTS = [1_000n, 2_000n, 3_000n, 0n, 0n, 0n];
const PAID = 6_000n;

/** Anybody turns a Groth16 proof into another one of the same statement: (s·A, s⁻¹·B, C). */
function rerandomised(proof: Proof, s = 123_456_789n): Proof {
  const a = bn254.G1.Point.fromAffine(proof.a).multiply(s).toAffine();
  const { Fp2 } = bn254.fields;
  const b = bn254.G2.Point.fromAffine({
    x: Fp2.create({ c0: proof.b.x[0], c1: proof.b.x[1] }),
    y: Fp2.create({ c0: proof.b.y[0], c1: proof.b.y[1] }),
  })
    .multiply(inverse(s))
    .toAffine();
  return { ...proof, a, b: { x: [b.x.c0, b.x.c1], y: [b.y.c0, b.y.c1] } };
}

/** Settles a batch, then again with other proof bytes, while another batch's money is in escrow. */
async function replay(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const { batch, statement } = await commitBatch(world, served, 0n, FEES);
  await commitBatch(world, served, 4n, FEES);
  const claim = claimOf(PAYOUTS);
  const proof = provedByTrapdoor(statement, claim);
  const bring = (with_: Proof) =>
    world.chain.send(world.settlement, "settle", [batch, claimTuple(claim), with_]);
  await bring(proof);
  return { world, book: served.book, again: () => bring(rerandomised(proof)) };
}

it("a settled batch is not settled again by another proof of it", async () => {
  const { world, again } = await replay({});
  await assertReverts(again(), "BatchNotPending");
  await world.close();
});

it("bites: without the status check the second proof takes another batch's money", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: SOURCES.Treasury,
    remove: "if (before != BatchStatus.Pending) revert BatchNotPending(item.batchKey, before);",
  });
  const { world, book, again } = await replay({ Treasury });
  await again();
  assert.equal(await owed(world, book), 2n * PAID);
  await world.close();
});

/** A batch that pays a prover is settled, and comes again in a group, where it is passed over. */
async function shareAgain(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const committed = await commitBatch(world, await serve(world), 0n, FEES);
  const { recipient } = world.people;
  const claim = claimOf(PAYOUTS, recipient);
  await settle(world, committed, claim);
  await settleMany(world, [committed, committed], [claim, claim]);
  const credited = await world.chain.read<bigint>(world.treasury, "creditOf", [recipient]);
  await world.close();
  return credited / committed.proverShare;
}

it("a prover's share is credited once, however often a batch comes in a group", async () => {
  assert.equal(await shareAgain({}), 1n);
});

it("bites: where what is passed over is credited all the same, a prover draws on others' money", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.escrow,
    remove: "if (before != BatchStatus.Pending) return (before, 0);",
  });
  assert.equal(await shareAgain({ Treasury }), 3n);
});
