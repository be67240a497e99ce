import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/** Two contributors' rows exchanged, under the registered commitment. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("a proof over exchanged rows is refused under the registered commitment", async () => {
  const { tools, example, verifiers } = scene;
  const { index } = example;
  const phi = Int8Array.from(index.phi);
  phi.set(index.phi.subarray(index.width, 2 * index.width), 0);
  phi.set(index.phi.subarray(0, index.width), index.width);
  const swapped = { ...index, phi };
  const { settlement } = await forge(tools, { ...example, index: swapped });
  assert.notDeepEqual(settlement.claim.payouts, scene.honest.claim.payouts);
  await assertRefused(verifiers, settlement);
});
