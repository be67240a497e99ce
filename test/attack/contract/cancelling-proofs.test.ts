import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse, mod, pow, rootOfUnity } from "../../../src/crypto/field.ts";
import { G2_GENERATOR } from "../../../src/crypto/points.ts";
import { challenge, keccak, keccakWords } from "../../../src/crypto/words.ts";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { rowWidth, TIERS } from "../../../src/params/tiers.ts";
import type { Claim, Proof, Statement } from "../../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../../src/protocol/statement-vector.ts";
import * as transcript from "../../../src/protocol/transcript.ts";
import { compileMutant, type Mutation } from "../../helpers/mutant-contract.ts";
import { combinePoints } from "../../helpers/proof-points.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { type Committed, claimOf, commitBatch, FEES, serve, settleMany } from "../../helpers/story.ts";
import { commitAmounts, g1, INDEX_SCALAR, provedByTrapdoor, trapdoorKey } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

/*
 * Two proofs of two false claims that cancel each other, where the weights of a combination are known before the
 * proofs are made. With A_1 = (λ₁+λ₂)/λ₁·α₁ and B_1 = β₂ the one pays e(α₁,β₂) for both, with A_2 = (λ₁L₁+λ₂L₂)/λ₂ and
 * B_2 = G₂ the other pays both public inputs; C is infinity. The openings are honest ones of what the false claims
 * commit to. No witness, and no secret of the key, is used: commitments stand for the public string.
 */
const KEY = trapdoorKey("mini");
const { positions: C } = TIERS.mini;
const INFINITY = { x: 0n, y: 0n };
const TAG = keccak(new TextEncoder().encode("TRIBUTARY_COMBINE_V1"));
const TRANSCRIPT = "contracts/libraries/Transcript.sol";

const EARNED = [10n, 20n, 30n, 40n, 50n, 60n];
/** All of a batch's pools to position 1. */
const stolen = ({ pools }: Statement) =>
  claimOf(EARNED.map((_, c) => (c === 1 ? pools.reduce((sum, pool) => sum + pool, 0n) : 0n)));

/** What the attacker fixes first: all of a proof but (A, B, C), with an opening that holds, and its L. */
function opened(statement: Statement, claimed: Claim, quotient: bigint) {
  const [h1, h2] = [5n, 6n];
  const cq = g1(quotient);
  const alpha = transcript.alpha({ statement, claim: claimed, keyDigest: transcript.keyDigest(KEY), h1 });
  const beta = transcript.beta({ alpha, cq, h2 });
  const rho = transcript.rho(beta);
  const points = Array.from({ length: C }, (_, c) => pow(rootOfUnity(C), BigInt(c)));
  const payout = (c: number) => claimed.payouts[c] ?? 0n;
  const scale = mod((pow(beta, BigInt(C)) - 1n) * inverse(BigInt(C)));
  const atBeta = mod(points.reduce((sum, z, c) => sum + payout(c) * z * inverse(mod(beta - z)), 0n) * scale);
  const divided = points.map((z, c) => mod(rho * (payout(c) - atBeta) * inverse(mod(z - beta))));
  const D = evaluate(statementVector(TIERS.mini, { ...statement, ...claimed }, alpha, h1), beta);
  const shift = pow(beta, BigInt(rowWidth(TIERS.mini))) - alpha;
  const y = mod(INDEX_SCALAR - shift * quotient + rho * atBeta + rho * rho * D);
  const [ic0, ic1, ic2, ic3] = KEY.ic as [typeof cq, typeof cq, typeof cq, typeof cq];
  const input = combinePoints([1n, ic0], [h2, ic1], [beta, ic2], [y, ic3]);
  return { proof: { h1, h2, y, cq, opening: commitAmounts(divided, C) }, input };
}

/** An honest batch and two false claims; the seed says what of the first proof the weights were drawn from. */
async function cancelling(mutants: Mutants, seedWords: (join: bigint) => readonly bigint[]) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const batches: Committed[] = [];
  for (const n0 of [0n, 4n, 8n]) batches.push(await commitBatch(world, served, n0, FEES));
  const [honest, ...others] = batches.map(({ statement }) => statement) as [Statement, Statement, Statement];
  const claims = [claimOf(EARNED), ...others.map(stolen)] as [Claim, Claim, Claim];

  const first = provedByTrapdoor(honest, claims[0]);
  const alpha = transcript.alpha({
    statement: honest,
    claim: claims[0],
    keyDigest: transcript.keyDigest(KEY),
    h1: first.h1,
  });
  const join = transcript.join(transcript.beta({ alpha, cq: first.cq, h2: first.h2 }), first);
  const seed = keccakWords([TAG, ...seedWords(join)]);
  const weight = (i: bigint) => challenge([TAG, seed, i]);
  const [w1, w2] = [weight(1n), weight(2n)];
  const [one, two] = others.map((statement, i) => opened(statement, claims[i + 1]!, 14n + BigInt(i)));
  const a = combinePoints([mod((w1 + w2) * inverse(w1)), KEY.alpha]);
  const inputs = combinePoints([mod(w1 * inverse(w2)), one!.input], [1n, two!.input]);
  const proofs: readonly Proof[] = [
    first,
    { ...one!.proof, a, b: KEY.beta, c: INFINITY },
    { ...two!.proof, a: inputs, b: G2_GENERATOR, c: INFINITY },
  ];
  const taken = claims.reduce((sum, { payouts }) => sum + payouts[1]!, 0n);
  return { world, served, taken, claims, take: () => settleMany(world, batches, claims, proofs) };
}

const nothing = (): readonly bigint[] => [3n];
const onlyTheFirst = (join: bigint): readonly bigint[] => [0x40n, 3n, join, 0n, 0n];
const onlyTheCount = (): readonly bigint[] => [0x40n, 3n, 0n, 0n, 0n];

const MUTANTS: readonly [string, Mutation, typeof nothing | typeof onlyTheFirst][] = [
  [
    "bites: with weights known beforehand, two false proofs cancel and take both pools",
    {
      file: TRANSCRIPT,
      remove: "keccak256(abi.encode(TAG_COMBINE, joins))",
      insert: "keccak256(abi.encode(TAG_COMBINE, joins.length))",
    },
    nothing,
  ],
  [
    "bites: with two proofs left out of the weights, these two cancel",
    {
      file: SOURCES.AttributionVerifier,
      remove: "joins[i] = terms[i].join;",
      insert: "if (i == 0) joins[i] = terms[i].join;",
    },
    onlyTheFirst,
  ],
  [
    "bites: with no proof in the weights, these two cancel",
    { file: SOURCES.AttributionVerifier, remove: "joins[i] = terms[i].join;", insert: "" },
    onlyTheCount,
  ],
];

it("proofs that cancel each other's errors are refused: every weight hashes every proof", async () => {
  for (const seedWords of [nothing, onlyTheFirst, onlyTheCount]) {
    const { world, take } = await cancelling({}, seedWords);
    await assertReverts(take(), "ProofRejected");
    await world.close();
  }
});

for (const [title, mutation, seedWords] of MUTANTS) {
  it(title, async () => {
    const AttributionVerifier = await compileMutant(SOURCES.AttributionVerifier, mutation);
    const { world, served, taken, claims, take } = await cancelling({ AttributionVerifier }, seedWords);
    await take();
    const totals = Array.from({ length: C }, (_, c) =>
      claims.reduce((sum, { payouts }) => sum + (payouts[c] ?? 0n), 0n),
    );
    await claim(world, await honestClaim(world, served, totals, 1));
    assert.equal(await balance(world, world.chain.accounts[7]!.address), taken * WEI_PER_UNIT);
    await world.close();
  });
}
