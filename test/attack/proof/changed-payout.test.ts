import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { commitPayouts } from "../../../src/commitment/payouts.ts";
import { portableKzg } from "../../../src/crypto/kzg/engine.ts";
import type { Settlement } from "../../../src/protocol/statement.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { assertAccepted, assertRefused } from "../../helpers/proof-verdicts.ts";

/** A unit from one contributor to another, under the proof of the honest split. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

function moveOneUnit({ claim }: Settlement): bigint[] {
  const payouts = [...claim.payouts];
  const from = payouts.findIndex((pay) => pay > 0n);
  const to = payouts.findLastIndex((_, position) => position !== from);
  payouts[from]! -= 1n;
  payouts[to]! += 1n;
  return payouts;
}

test("the honest proof is accepted by both verifiers", async () => {
  await assertAccepted(scene.verifiers, scene.honest);
});

test("a unit moved from one contributor to another is refused", async () => {
  const { honest, verifiers } = scene;
  const payouts = moveOneUnit(honest);
  assert.notDeepEqual(payouts, honest.claim.payouts);
  await assertRefused(verifiers, { ...honest, claim: { ...honest.claim, payouts } });
});

test("so is the moved unit with the commitment that goes with it", async () => {
  const { honest, verifiers, tools } = scene;
  const payouts = moveOneUnit(honest);
  const payoutCommitment = await commitPayouts(payouts, 16, portableKzg(tools.srs));
  await assertRefused(verifiers, { ...honest, claim: { ...honest.claim, payouts, payoutCommitment } });
});

test("more than the pools hold is refused as such", async () => {
  const { honest, verifiers } = scene;
  const total = honest.statement.pools.reduce((sum, pool) => sum + pool, 0n);
  const payouts = [total + 1n, ...honest.claim.payouts.slice(1).map(() => 0n)];
  await assertRefused(
    verifiers,
    { ...honest, claim: { ...honest.claim, payouts } },
    { javascript: "TRB_VERIFY_OVERPAID", solidity: "TRB_SETTLEMENT_PAYOUTS_EXCEED_POOL" },
  );
});
