import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse, mod, pow } from "../../../src/crypto/field.ts";
import { drawCase } from "../../helpers/circuit-case.ts";
import { commitmentsOf, type SettlementCase, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { reduceLattice, relationLattice, shortRemainder } from "../../helpers/proof-lattice.ts";
import { hash } from "./attack-case.ts";

/** h1 has t = 0 for an empty slot, in place of the hash of its sketch. */
const PATCHES = [
  replaced(
    "settlement/settlement.circom",
    "scores.commitment[q] <== trace[q].commitment;",
    "scores.commitment[q] <== trace[q].trace;",
  ),
];

/** Large enough for the sums Σ_j u_j·Φ_cj of an empty slot to make any field element, 21 bits for each position. */
const SIZE = { traces: 2, positions: 16, width: 63 };
const THIEF = 3;
/** K of the group's digits, for this width: docs/protocol.md (e). */
const BASE = 2n ** 21n;
/** So many bytes of the sketch are solved for: 8·UNKNOWNS bits against 254. The others stay 0. */
const UNKNOWNS = 40;

function withEmptySlot(): SettlementCase {
  const one = drawCase(SIZE, "empty slot");
  const nothing = { active: 0n, pool: 0n, io: 0n, u: new Array<bigint>(SIZE.width).fill(0n) };
  return { ...one, slots: one.slots.map((slot, q) => (q === 1 ? { ...slot, ...nothing } : slot)) };
}

/** Bytes x with Σ_j coefficients_j·x_j ≡ target (mod r), by lattice reduction and Babai's nearest plane. */
function solveForBytes(coefficients: readonly bigint[], target: bigint): bigint[] {
  const basis = reduceLattice(relationLattice(coefficients));
  const large = coefficients.map((first, i) => (i === 0 ? mod(target * inverse(first)) : 0n));
  const bytes = shortRemainder(basis, large);
  assert.ok(bytes.every((x) => x >= -128n && x <= 127n));
  return bytes;
}

/**
 * Traces share Freivalds' equations. A sketch that nothing fixes before α, an empty slot's, adds K·Σ_j u_j·v_j to one, and
 * makes up for false scores of the others: here the only payment's whole pool goes to the thief.
 */
it("an empty slot's sketch is chosen after α, and pays the thief", async () => {
  const honest = withEmptySlot();
  const commitments = [commitmentsOf(hash, honest)[0]!, 0n];
  const nobody = new Array<bigint>(SIZE.positions).fill(0n);
  const score = [nobody.with(THIEF, 1n), nobody];
  const drawn = settlementInput(hash, honest, { score, commitments });
  const { alpha, v } = drawn;

  const said = score[0]!.reduce((sum, s, c) => sum + s * pow(alpha, BigInt(c)), 0n);
  const true0 = honest.slots[0]!.u.reduce((sum, entry, j) => sum + entry * v[j]!, 0n);
  const target = mod((said - true0) * inverse(BASE));
  const bytes = solveForBytes(v.slice(0, UNKNOWNS), target);
  const u1 = honest.slots[1]!.u.map((_, j) => bytes[j] ?? 0n);

  const input = settlementInput(hash, honest, { score, commitments, u: [honest.slots[0]!.u, u1] });
  assert.equal(input.alpha, alpha, "α does not depend on the empty slot's sketch");
  const pool = honest.slots[0]!.pool;
  assert.deepEqual(input.pay, nobody.with(THIEF, pool));
  await assertOnlyMutantAccepts({
    patches: PATCHES,
    input,
    refusedBy: "scores.commitment[1]",
    size: SIZE,
  });
});
