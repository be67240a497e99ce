import assert from "node:assert/strict";
import { test } from "node:test";
import { mod, pow, R } from "../../../src/crypto/field.ts";
import { reduceLattice, relationLattice, shortRemainder } from "../../helpers/proof-lattice.ts";

/*
 * Why the circuit's scores are hashed before the challenges, and a commitment to them that is only opened at β would not do
 * (docs/decisions/011-lookup-ranges.md): the circuit's witness is fixed after β, and there are other small numbers with the
 * same value there.
 */
const BETA = 0x1f3a5c7d9e0b2846135790bdf02468ace13579bdf02468ace13579bdf0246n;
const SCORES = Array.from({ length: 24 }, (_, i) => BigInt(i * 1_777 - 20_000));
const LIMIT = 2n ** 19n;

const atBeta = (scores: readonly bigint[]) =>
  mod(scores.reduce((sum, score, i) => sum + score * pow(BETA, BigInt(i)), 0n));

test("scores in range that are not the committed ones have the same value at a β that was known before", () => {
  const basis = reduceLattice(relationLattice(SCORES.map((_, i) => pow(BETA, BigInt(i)))));
  // A score that the thief would like, put beside a lattice vector that brings the sum back.
  const wanted = SCORES.map((score, i) => (i === 3 ? score + 300_000n : score));
  const shift = shortRemainder(
    basis,
    wanted.map((score, i) => score - SCORES[i]!),
  );
  const forged = wanted.map((score, i) => score - shift[i]!);
  assert.ok(forged.every((score) => score > -LIMIT && score < LIMIT));
  assert.notDeepEqual(forged, SCORES);
  assert.ok(forged[3]! > SCORES[3]! + 200_000n);
  assert.equal(atBeta(forged), atBeta(SCORES));
  assert.ok(atBeta(SCORES) < R);
});
