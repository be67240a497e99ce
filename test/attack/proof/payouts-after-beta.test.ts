import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mod, pow } from "../../../src/crypto/field.ts";
import { packedLength } from "../../../src/crypto/packing.ts";
import { PACK } from "../../../src/params/bits.ts";
import { STATEMENT_HEAD } from "../../../src/params/tags.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { alpha } from "../../../src/protocol/transcript.ts";
import { challengesOf } from "../../../src/verification/challenges.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { reduceLattice, relationLattice } from "../../helpers/proof-lattice.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * A transcript that hashes C_P but not the list of payouts: β is known before the list is. D(β) is then one linear
 * equation in a dozen amounts of 40 bits, and lattice reduction finds another list with the same value and the same sum.
 */
const MUTANT: Partial<Transcript> = {
  alpha: (input) => alpha({ ...input, claim: { ...input.claim, payouts: [] } }),
};

/** Heavier than any amount, so that a reduced vector's sum is 0. */
const SUM_WEIGHT = 2n ** 80n;

/** Place of the first packed payout in D. */
const PAYOUTS_AT = STATEMENT_HEAD.length + packedLength("amount", TIERS.mini.traces) + TIERS.mini.traces;

/** What one unit at position c adds to D(β). */
function weightAt(position: number, beta: bigint): bigint {
  const { perElement, bits } = PACK.amount;
  const power = pow(beta, BigInt(PAYOUTS_AT + Math.floor(position / perElement)));
  return mod(power << BigInt((position % perElement) * bits));
}

/** Amounts to add to each position's payout, of sum 0 and of value 0 at β, with a gain for the thief. */
function hiddenTransfer(positions: number, beta: bigint): bigint[] {
  const weights = Array.from({ length: positions }, (_, position) => weightAt(position, beta));
  const rows = relationLattice(weights).map((row) => [
    ...row,
    SUM_WEIGHT * row.reduce((sum, value) => sum + value, 0n),
  ]);
  const found = reduceLattice(rows).find((row) => row.at(-1) === 0n && row[THIEF] !== 0n)!;
  const sign = found[THIEF]! > 0n ? 1n : -1n;
  return found.slice(0, -1).map((value) => sign * value);
}

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("another list of payouts with the same D(β): the mutant accepts it, the verifiers do not", async () => {
  const { tools, example, verifiers } = scene;
  const { settlement, beta } = await forge(tools, example, { transcript: MUTANT });
  assert.ok(
    acceptedByMutant(settlement, verifiers.key, MUTANT),
    "the mutant accepts the list that was proven",
  );

  const transfer = hiddenTransfer(example.statement.positions, beta);
  const payouts = settlement.claim.payouts.map((pay, position) => pay + transfer[position]!);
  assert.ok(payouts.every((pay) => pay >= 0n && pay < 2n ** BigInt(PACK.amount.bits)));
  assert.ok(payouts[THIEF]! > settlement.claim.payouts[THIEF]!);
  const stolen = { ...settlement, claim: { ...settlement.claim, payouts } };
  assert.ok(acceptedByMutant(stolen, verifiers.key, MUTANT), "the mutant accepts the stolen list too");
  await assertRefused(verifiers, stolen);
});

test("the same trick on the product's proof is refused", async () => {
  const { honest, verifiers } = scene;
  const transfer = hiddenTransfer(honest.statement.positions, challengesOf(honest).beta);
  const payouts = honest.claim.payouts.map((pay, position) => pay + transfer[position]!);
  assert.ok(payouts.every((pay) => pay >= 0n));
  await assertRefused(verifiers, { ...honest, claim: { ...honest.claim, payouts } });
});
