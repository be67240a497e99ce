import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AttributionIndex } from "../../../src/attribution/types.ts";
import { indexPolynomial } from "../../../src/commitment/index-commitment.ts";
import { mod } from "../../../src/core/field.ts";
import { commit, openAt } from "../../../src/core/kzg/commit.ts";
import { combine } from "../../../src/core/kzg/polynomial.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import type { Example } from "../../helpers/proof-example.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { addPoints } from "../../helpers/proof-points.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * ρ = β instead of a hash of it. Then ρ·f_P(β) is β·f_P(β), a part of the same polynomial as f_Φ: with another f_P*
 * in C_P the prover adds X·(f_P* − f_P) to the rows of the index, whose commitment stays the registered one.
 */
const MUTANT: Partial<Transcript> = { rho: (beta) => beta };

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

/** The index with rows by which the thief alone had influence. Its first entry is kept: X divides what changes. */
function indexOfThief({ index, traces }: Example): AttributionIndex {
  const phi = new Int8Array(index.phi.length);
  for (let position = 0; position < index.assigned; position++) {
    for (let j = 0; j < index.width; j++) {
      const towards = traces.reduce((sum, { u }) => sum + u[j]!, 0);
      phi[position * index.width + j] = position === THIEF ? towards : -towards;
    }
  }
  phi[0] = index.phi[0]!;
  return { ...index, phi };
}

test("rows added to the index through C_P: the mutant accepts them, the verifiers do not", async () => {
  const { tools, example, verifiers, honest } = scene;
  const index = indexOfThief(example);
  const [zero, ...added] = combine([1n, indexPolynomial(index)], [-1n, indexPolynomial(example.index)]);
  assert.equal(zero, 0n);
  const smuggled = await commit(tools.srs, added);
  const { settlement, beta, opened } = await forge(
    tools,
    { ...example, index },
    { transcript: MUTANT, payoutCommitment: (commitment) => addPoints(commitment, smuggled) },
  );
  // What is committed to is f_Φ + β·(f_P* − f_P), not f_Φ + X·(f_P* − f_P): the same at β, so another quotient opens it.
  const committed = combine([1n, opened], [mod(-1n), [zero!, ...added]], [beta, added]);
  const { proof: opening } = await openAt(tools.srs, committed, beta);
  const forged = { ...settlement, proof: { ...settlement.proof, opening } };
  const { payouts } = forged.claim;
  assert.ok(payouts[THIEF]! > 2n * honest.claim.payouts[THIEF]!, "the thief gains");
  assert.deepEqual(forged.statement.indexCommitment, honest.statement.indexCommitment);
  assert.ok(
    acceptedByMutant(forged, verifiers.key, MUTANT),
    "the mutant accepts rows that were never registered",
  );
  await assertRefused(verifiers, forged);
});
