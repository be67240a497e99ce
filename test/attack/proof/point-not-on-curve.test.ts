import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { P } from "../../../src/crypto/field.ts";
import type { G1 } from "../../../src/crypto/points.ts";
import type { Settlement } from "../../../src/protocol/statement.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { pointOutsideSubgroup } from "../../helpers/proof-points.ts";
import { assertAccepted, assertRefused } from "../../helpers/proof-verdicts.ts";

/** Pairs of numbers that are no point, second spellings of points, and a point of the twist of another order. */
const REASONS = { javascript: "TRB_VERIFY_POINT", solidity: "TRB_SETTLEMENT_POINT_REFUSED" };

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

/** The honest settlement with each of its G1 points, one at a time, changed. */
function eachPoint(honest: Settlement, change: (point: G1) => G1): Settlement[] {
  const { statement, claim, proof } = honest;
  return [
    ...(["cq", "opening", "a", "c"] as const).map((name) => ({
      ...honest,
      proof: { ...proof, [name]: change(proof[name]) },
    })),
    { ...honest, claim: { ...claim, payoutCommitment: change(claim.payoutCommitment) } },
    { ...honest, statement: { ...statement, indexCommitment: change(statement.indexCommitment) } },
  ];
}

test("points off the curve are refused, each of them", async () => {
  const { honest, verifiers } = scene;
  for (const changed of eachPoint(honest, ({ x, y }) => ({ x, y: y ^ 1n }))) {
    await assertRefused(verifiers, changed, REASONS);
  }
});

test("coordinates of p or more are refused, each of them", async () => {
  const { honest, verifiers } = scene;
  for (const changed of eachPoint(honest, ({ x, y }) => ({ x: x + P, y }))) {
    await assertRefused(verifiers, changed, REASONS);
  }
});

test("b off the twist, beyond p, or outside of the subgroup is refused", async () => {
  const { honest, verifiers } = scene;
  const { b } = honest.proof;
  const outside = pointOutsideSubgroup();
  for (const other of [{ x: b.x, y: b.x }, { x: [b.x[0] + P, b.x[1]], y: b.y } as const, outside]) {
    assert.notDeepEqual(other, b);
    await assertRefused(verifiers, { ...honest, proof: { ...honest.proof, b: other } }, REASONS);
  }
});

test("the point at infinity is a point to both, and proves nothing", async () => {
  const { honest, verifiers } = scene;
  await assertAccepted(verifiers, honest);
  for (const changed of eachPoint(honest, () => ({ x: 0n, y: 0n }))) await assertRefused(verifiers, changed);
});
