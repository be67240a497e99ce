import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mod } from "../../../src/crypto/field.ts";
import { G1_GENERATOR } from "../../../src/crypto/points.ts";
import { PUBLIC_SIGNALS } from "../../../src/params/tags.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { combinePoints } from "../../helpers/proof-points.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * No ρ': Groth16's −L and KZG's F stand in one slot, added up. A prover that puts κ·(G + IC_y) on top of C_P and
 * ρ·κ on top of y makes the two sides wrong by the same point with opposite signs.
 */
const MUTANT: Partial<Transcript> = { join: () => 1n };
const KAPPA = 424_242n;

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("a C_P that is not the payouts': the mutant accepts it, the verifiers do not", async () => {
  const { tools, example, verifiers } = scene;
  const icOfY = tools.verifyingKey.ic[1 + PUBLIC_SIGNALS.indexOf("y")]!;
  const { settlement, rho } = await forge(tools, example, {
    transcript: MUTANT,
    payoutCommitment: (honest) => combinePoints([1n, honest], [KAPPA, G1_GENERATOR], [KAPPA, icOfY]),
  });
  const proof = { ...settlement.proof, y: mod(settlement.proof.y + rho * KAPPA) };
  const stolen = { ...settlement, proof };
  assert.ok(!acceptedByMutant(settlement, verifiers.key, MUTANT), "the changed C_P alone is refused");
  assert.ok(
    acceptedByMutant(stolen, verifiers.key, MUTANT),
    "the mutant adds a point to the total that nobody can open",
  );
  await assertRefused(verifiers, stolen);
});
