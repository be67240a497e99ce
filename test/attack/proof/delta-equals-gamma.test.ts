import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indexPolynomial } from "../../../src/commitment/index-commitment.ts";
import { payoutPolynomial } from "../../../src/commitment/payouts.ts";
import type { TributaryError } from "../../../src/core/errors.ts";
import { mod, pow } from "../../../src/crypto/field.ts";
import { commit, openAt } from "../../../src/crypto/kzg/commit.ts";
import { foldRows } from "../../../src/crypto/kzg/fold.ts";
import { combine } from "../../../src/crypto/kzg/polynomial.ts";
import { G2_GENERATOR } from "../../../src/crypto/points.ts";
import { rowWidth, TIERS } from "../../../src/params/tiers.ts";
import type { Claim, Settlement } from "../../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../../src/protocol/statement-vector.ts";
import * as transcript from "../../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { translate } from "../../../src/settlement/errors.ts";
import { challengesOf } from "../../../src/verification/challenges.ts";
import { readG1, readG2 } from "../../../src/verification/curve.ts";
import { equationHolds, readPoints, type SettlementPoints } from "../../../src/verification/equation.ts";
import { verifyProof } from "../../../src/verification/verify.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import { RECIPIENT } from "../../helpers/proof-example.ts";
import { combinePoints } from "../../helpers/proof-points.ts";
import { openVerifiers } from "../../helpers/proof-verdicts.ts";

/**
 * A key with δ₂ = γ₂ (a ceremony that nobody contributed to): A = α₁, B = β₂, C = −L is a proof of any public inputs, made
 * without a witness, from the verifying key alone.
 */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

/** A settlement of the example batch that pays the thief everything. */
async function forgeWithoutWitness(key: VerifyingKey): Promise<Settlement> {
  const { tools, example } = scene;
  const { srs } = tools;
  const { statement } = example;
  const tier = TIERS.mini;
  const payouts = new Array<bigint>(statement.positions).fill(0n);
  payouts[THIEF] = statement.pools.reduce((sum, pool) => sum + pool, 0n);
  const paid = payoutPolynomial(payouts, tier.positions);
  const claim: Claim = {
    payouts,
    payoutCommitment: await commit(srs, paid),
    unattributed: 0n,
    recipient: RECIPIENT,
  };
  const keyDigest = transcript.keyDigest(key);
  const [h1, h2] = [1n, 2n];
  const alpha = transcript.alpha({ statement, claim, keyDigest, h1 });
  const rows = indexPolynomial(example.index);
  const { quotient } = foldRows(rows, rowWidth(tier), alpha);
  const cq = await commit(srs, quotient);
  const beta = transcript.beta({ alpha, cq, h2 });
  const rho = transcript.rho(beta);
  const factor = mod(alpha - pow(beta, BigInt(rowWidth(tier))));
  const { value, proof: opening } = await openAt(
    srs,
    combine([1n, rows], [factor, quotient], [rho, paid]),
    beta,
  );
  const D = statementVector(tier, { ...statement, ...claim }, alpha, h1);
  const y = mod(value + rho * rho * evaluate(D, beta));
  const inputs = [1n, h2, beta, y];
  const c = combinePoints(...key.ic.map((point, i) => [mod(-inputs[i]!), point] as const));
  return { statement, claim, keyDigest, proof: { h1, h2, y, cq, opening, a: key.alpha, b: key.beta, c } };
}

test("any split is proven under such a key: the equation holds, both verifiers refuse the key", async () => {
  const key: VerifyingKey = { ...scene.tools.verifyingKey, delta: G2_GENERATOR };
  const forged = await forgeWithoutWitness(key);
  const generator = readG2(G2_GENERATOR)!;
  const unchecked = {
    alpha: readG1(key.alpha)!,
    beta: readG2(key.beta)!,
    gamma: generator,
    delta: generator,
    tau: readG2(key.tau)!,
    ic: key.ic.map((point) => readG1(point)!),
  };
  const points = readPoints(forged) as SettlementPoints;
  assert.ok(equationHolds(forged, TIERS.mini, unchecked, points, challengesOf(forged)));

  const { ok, failures } = verifyProof(forged, key);
  assert.ok(!ok);
  assert.match(failures.map(({ message }) => message).join(), /delta equals gamma/);
  const refusal = await openVerifiers(key).catch(translate);
  assert.equal((refusal as TributaryError).code, "TRB_SETTLEMENT_DELTA_IS_GENERATOR");
});

test("the same forgery under the real key is refused", async () => {
  const { verifiers } = scene;
  const forged = await forgeWithoutWitness(verifiers.key);
  assert.equal(verifiers.javascript(forged), "TRB_VERIFY_EQUATION");
  assert.equal(await verifiers.solidity(forged), "TRB_SETTLEMENT_PROOF_REJECTED");
});
