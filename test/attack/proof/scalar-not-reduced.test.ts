import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { R } from "../../../src/crypto/field.ts";
import type { Settlement } from "../../../src/protocol/statement.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { acceptedByMutant } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * A number x + r in the place of x. The precompiles reduce scalars, so that the equation does not see it: without a range check
 * one proof has two spellings, and an id or a number could stand for another.
 */
const REASONS = { javascript: "TRB_VERIFY_RANGE", solidity: "TRB_SETTLEMENT_NOT_A_FIELD_ELEMENT" };

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("y + r satisfies the equation: only the range check refuses it", async () => {
  const { honest, verifiers } = scene;
  const respelled = { ...honest, proof: { ...honest.proof, y: honest.proof.y + R } };
  assert.ok(acceptedByMutant(respelled, verifiers.key, {}), "a verifier that checks no ranges accepts it");
  await assertRefused(verifiers, respelled, REASONS);
});

test("h1, h2, an id, a number, a trace and U of r or more are refused", async () => {
  const { honest, verifiers } = scene;
  const { statement, claim, proof } = honest;
  const changes: Settlement[] = [
    { ...honest, proof: { ...proof, h1: proof.h1 + R } },
    { ...honest, proof: { ...proof, h2: proof.h2 + R } },
    { ...honest, statement: { ...statement, indexId: statement.indexId + R } },
    { ...honest, statement: { ...statement, n0: statement.n0 + R } },
    {
      ...honest,
      statement: { ...statement, traces: [statement.traces[0]! + R, ...statement.traces.slice(1)] },
    },
    { ...honest, claim: { ...claim, unattributed: claim.unattributed + R } },
  ];
  for (const changed of changes) await assertRefused(verifiers, changed, REASONS);
});
