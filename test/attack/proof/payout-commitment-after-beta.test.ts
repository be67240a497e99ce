import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { payoutPolynomial } from "../../../src/commitment/payouts.ts";
import { inverse, mod, pow } from "../../../src/crypto/field.ts";
import { commit, openAt } from "../../../src/crypto/kzg/commit.ts";
import { combine } from "../../../src/crypto/kzg/polynomial.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { evaluate } from "../../../src/protocol/statement-vector.ts";
import { alpha } from "../../../src/protocol/transcript.ts";
import { openScene, type Scene, THIEF } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * C_P is not in α: it is chosen when β is known. A polynomial that agrees with f_P at β alone may have any values on the
 * roots of unity, so that the vault's total pays the thief while the list of payouts looks honest.
 */
const MUTANT: Partial<Transcript> = {
  alpha: (input) => alpha({ ...input, claim: { ...input.claim, payoutCommitment: { x: 0n, y: 0n } } }),
};
const C = TIERS.mini.positions;

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("a total for the thief behind an honest list: the mutant accepts it, the verifiers do not", async () => {
  const { tools, example, verifiers } = scene;
  const { settlement, beta, rho, payouts, opened } = await forge(tools, example, { transcript: MUTANT });

  const everything = new Array<bigint>(C).fill(0n);
  everything[THIEF] = settlement.claim.payouts.reduce((sum, pay) => sum + pay, 0n);
  const stolen = payoutPolynomial(everything, C);
  // κ·(X^C − 1) is 0 on every root of unity: it changes nobody's amount, only the value at β.
  const vanishing = [mod(-1n), ...new Array<bigint>(C - 1).fill(0n), 1n];
  const kappa = (evaluate(payouts, beta) - evaluate(stolen, beta)) * inverse(pow(beta, BigInt(C)) - 1n);
  const shown = combine([1n, stolen], [mod(kappa), vanishing]);
  assert.equal(evaluate(shown, beta), evaluate(payouts, beta));

  const reopened = combine([1n, opened], [rho, shown], [mod(-rho), payouts]);
  const { proof: opening } = await openAt(tools.srs, reopened, beta);
  const forged = {
    ...settlement,
    claim: { ...settlement.claim, payoutCommitment: await commit(tools.srs, shown) },
    proof: { ...settlement.proof, opening },
  };
  assert.ok(acceptedByMutant(forged, verifiers.key, MUTANT));
  await assertRefused(verifiers, forged);
});
