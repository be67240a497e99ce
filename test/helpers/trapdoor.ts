import { bn254 } from "@noble/curves/bn254.js";
import { inverse, mod, pow, rootOfUnity } from "../../src/crypto/field.ts";
import type { G1, G2 } from "../../src/crypto/points.ts";
import { rowWidth, TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Claim, Proof, Statement } from "../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../src/protocol/statement-vector.ts";
import * as transcript from "../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";

/*
 * A verifying key whose every secret is known here, and what its owner can do: commit, open and prove without a
 * witness. It lets contract tests have valid proofs of any statement in milliseconds. It is not the development
 * key, and no attack uses it: an attacker gets an honest proof made with it and changes that.
 */
const SECRET = {
  alpha: 1_000_003n,
  beta: 1_000_033n,
  delta: 1_000_037n,
  tau: 1_000_039n,
  ic: [1_000_081n, 1_000_099n, 1_000_117n, 1_000_121n],
};

/** The τ of the key. */
export const TRAPDOOR_TAU = SECRET.tau;

/** scalar·G₁. */
export function g1(scalar: bigint): G1 {
  const reduced = mod(scalar);
  return reduced === 0n ? { x: 0n, y: 0n } : bn254.G1.Point.BASE.multiply(reduced).toAffine();
}

/** scalar·G₂. */
export function g2(scalar: bigint): G2 {
  const { x, y } = bn254.G2.Point.BASE.multiply(mod(scalar)).toAffine();
  return { x: [x.c0, x.c1], y: [y.c0, y.c1] };
}

export const trapdoorKey = (tier: TierName): VerifyingKey => ({
  tier,
  alpha: g1(SECRET.alpha),
  beta: g2(SECRET.beta),
  delta: g2(SECRET.delta),
  tau: g2(SECRET.tau),
  ic: SECRET.ic.map(g1),
});

/** f_P(τ): the polynomial through the amounts on the C-th roots of unity, at τ. */
function atTau(amounts: readonly bigint[], positions: number): bigint {
  const root = rootOfUnity(positions);
  const vanishing = mod(pow(SECRET.tau, BigInt(positions)) - 1n);
  return amounts.reduce((sum, amount, c) => {
    const z = pow(root, BigInt(c));
    return mod(sum + amount * vanishing * z * inverse(BigInt(positions) * mod(SECRET.tau - z)));
  }, 0n);
}

/** C_P of a list of amounts. */
export const commitAmounts = (amounts: readonly bigint[], positions: number): G1 =>
  g1(atTau(amounts, positions));

/** The opening of a total at position c, for what the total really holds there. */
export function openAmounts(amounts: readonly bigint[], positions: number, position: number): G1 {
  const z = pow(rootOfUnity(positions), BigInt(position));
  return g1((atTau(amounts, positions) - amounts[position]!) * inverse(SECRET.tau - z));
}

/** The scalar of an index commitment that `provedByTrapdoor` can open. */
export const INDEX_SCALAR = 77_777n;

/** A proof of any statement and claim whose C_Φ is [INDEX_SCALAR]₁; `seed` gives other proofs of the same. */
export function provedByTrapdoor(statement: Statement, claim: Claim, seed = 1n): Proof {
  const tier = TIERS[statement.tier];
  const [h1, h2, y, quotient, a, b] = [11n, 12n, 13n, 14n, 15n, 16n].map((n) => n * seed) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const keyDigest = transcript.keyDigest(trapdoorKey(statement.tier));
  const alpha = transcript.alpha({ statement, claim, keyDigest, h1 });
  const cq = g1(quotient);
  const beta = transcript.beta({ alpha, cq, h2 });
  const rho = transcript.rho(beta);
  const stated = evaluate(statementVector(tier, { ...statement, ...claim }, alpha, h1), beta);
  const folded =
    INDEX_SCALAR -
    (pow(beta, BigInt(rowWidth(tier))) - alpha) * quotient +
    rho * atTau(claim.payouts, tier.positions);
  const opening = mod(folded - y + rho * rho * stated) * inverse(SECRET.tau - beta);
  const [ic0, ic1, ic2, ic3] = SECRET.ic as [bigint, bigint, bigint, bigint];
  const publicInput = ic0 + ic1 * h2 + ic2 * beta + ic3 * y;
  const c = mod(a * b - SECRET.alpha * SECRET.beta - publicInput) * inverse(SECRET.delta);
  return { h1, h2, y, cq, opening: g1(opening), a: g1(a), b: g2(b), c: g1(c) };
}
