import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { commitPayouts } from "../../../src/commitment/payouts.ts";
import { commitTrace } from "../../../src/commitment/trace.ts";
import { portableKzg } from "../../../src/crypto/kzg/engine.ts";
import { bindScores } from "../../../src/witness/hashes.ts";
import { fillSlots } from "../../../src/witness/slots.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/** One score of one trace, raised for the thief. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

const raised = (): Int32Array[] =>
  scene.example.traces.map(({ u }, q) => {
    const scores = scoreTrace(u, scene.example.index);
    if (q === 0) scores[THIEF]! += 100_000;
    return scores;
  });

test("no witness has it", async () => {
  const { tools, example } = scene;
  await assert.rejects(forge(tools, example, { scores: raised() }), { code: "TRB_PROOF_WITNESS" });
});

test("its split and its hash under the honest proof are refused", async () => {
  const { tools, example, honest, verifiers } = scene;
  const { statement, traces } = example;
  const scores = raised();
  const split = splitPools(scores, statement.pools);
  const payouts = split.payouts.slice(0, statement.positions);
  assert.ok(payouts[THIEF]! > honest.claim.payouts[THIEF]!);
  const commitments = traces.map((trace) => commitTrace(trace, tools.hash));
  const h1 = bindScores(tools.hash, fillSlots({ statement, traces, commitments, scores, split }), 9n);
  const payoutCommitment = await commitPayouts(payouts, 16, portableKzg(tools.srs));
  const claim = { ...honest.claim, payouts, payoutCommitment };
  await assertRefused(verifiers, { ...honest, claim, proof: { ...honest.proof, h1 } });
});
