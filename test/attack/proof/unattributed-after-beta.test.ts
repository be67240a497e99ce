import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { commitTrace } from "../../../src/commitment/trace.ts";
import { inverse, mod, pow } from "../../../src/crypto/field.ts";
import { STATEMENT_HEAD } from "../../../src/params/tags.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import type { Settlement } from "../../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../../src/protocol/statement-vector.ts";
import { alpha } from "../../../src/protocol/transcript.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { exampleTraces } from "../../helpers/proof-example.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * A transcript without U. The verifier's copy of D then has an entry that is chosen last, and absorbs any difference
 * between the two copies: here the prover settles with traces of its own invention.
 */
const MUTANT: Partial<Transcript> = {
  alpha: (input) => alpha({ ...input, claim: { ...input.claim, unattributed: 0n } }),
};

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

/** U such that the statement's D(β) is what the circuit's is. */
function absorb(
  { statement, claim, proof, keyDigest }: Settlement,
  ownTraces: readonly bigint[],
  beta: bigint,
): bigint {
  const drawn = MUTANT.alpha!({ statement, claim, keyDigest, h1: proof.h1 });
  const valueWith = (traces: readonly bigint[]): bigint =>
    evaluate(statementVector(TIERS.mini, { ...statement, ...claim, traces }, drawn, proof.h1), beta);
  const place = BigInt(STATEMENT_HEAD.indexOf("unattributed"));
  const difference = valueWith(ownTraces) - valueWith(statement.traces);
  return mod(claim.unattributed + difference * inverse(pow(beta, place)));
}

test("traces of the prover's own making, the difference hidden in U", async () => {
  const { tools, example, verifiers } = scene;
  const invented = exampleTraces(77).map((trace, q) => ({ ...trace, pool: example.traces[q]!.pool }));
  const { settlement, beta } = await forge(tools, { ...example, traces: invented }, { transcript: MUTANT });
  const ownTraces = invented.map((trace) => commitTrace(trace, tools.hash));
  const unattributed = absorb(settlement, ownTraces, beta);
  const stolen = { ...settlement, claim: { ...settlement.claim, unattributed } };
  assert.ok(
    acceptedByMutant(stolen, verifiers.key, MUTANT),
    "the mutant pays by traces that nobody committed to",
  );
  assert.ok(!acceptedByMutant(stolen, verifiers.key, {}), "the product's transcript does not");
  await assertRefused(verifiers, stolen, { javascript: "TRB_VERIFY_RANGE" });
});
