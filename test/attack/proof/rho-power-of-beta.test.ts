import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AttributionIndex } from "../../../src/attribution/types.ts";
import { indexPolynomial } from "../../../src/commitment/index-commitment.ts";
import { mod } from "../../../src/crypto/field.ts";
import { commit, openAt } from "../../../src/crypto/kzg/commit.ts";
import { combine } from "../../../src/crypto/kzg/polynomial.ts";
import { RHO_SQUARINGS } from "../../../src/params/bits.ts";
import { rowWidth, TIERS } from "../../../src/params/tiers.ts";
import { replaced } from "../../helpers/mutants.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import type { Example } from "../../helpers/proof-example.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { mutantTools } from "../../helpers/proof-mutant-circuit.ts";
import { addPoints } from "../../helpers/proof-points.ts";
import type { ProofTools } from "../../helpers/proof-tools.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * ρ = β instead of a power of it that no committed polynomial reaches, in circuit and verifier. Then ρ·f_P(β) is β·f_P(β), a part
 * of the same polynomial as f_Φ: with another f_P* in C_P the prover adds X·(f_P* − f_P) to the rows of the index, whose commitment
 * stays the registered one.
 */
const MUTANT: Partial<Transcript> = { rho: (beta) => beta };
const LOW_POWER = replaced(
  "settlement/opening.circom",
  "signal rho <== powers.power[RHO_SQUARINGS()];",
  "signal rho <== powers.power[0];",
);

let scene: Scene;
let mutant: ProofTools;
before(async () => {
  scene = await openScene();
  mutant = await mutantTools(scene.tools, LOW_POWER);
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

/** Proves the thief's scores with the tools of one circuit, and brings the opening of what is committed to. */
async function stolen(tools: ProofTools) {
  const { example } = scene;
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
  return { ...settlement, proof: { ...settlement.proof, opening } };
}

test("rows added to the index through C_P: the mutant accepts them", async () => {
  const { honest } = scene;
  const forged = await stolen(mutant);
  assert.ok(forged.claim.payouts[THIEF]! > 2n * honest.claim.payouts[THIEF]!, "the thief gains");
  assert.deepEqual(forged.statement.indexCommitment, honest.statement.indexCommitment);
  assert.ok(
    acceptedByMutant(forged, mutant.verifyingKey, MUTANT),
    "the mutant accepts rows that were never registered",
  );
  assert.ok(!acceptedByMutant(forged, mutant.verifyingKey, {}), "the product's ρ refuses the same proof");
});

test("the product's circuit has no witness for them, and its verifiers refuse the mutant's proof", async () => {
  await assert.rejects(stolen(scene.tools), { code: "TRB_PROOF_WITNESS" });
  const forged = await stolen(mutant);
  await assertRefused(scene.verifiers, { ...forged, keyDigest: scene.tools.keys.keyDigest });
});

test("ρ is a power above the degree of whatever the longest reference string commits to", () => {
  const longest = 2n ** 29n;
  assert.ok(1n << BigInt(RHO_SQUARINGS) > longest + BigInt(rowWidth(TIERS.large)));
});
