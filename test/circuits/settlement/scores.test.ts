import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import fc from "fast-check";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { R } from "../../../src/crypto/field.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { drawn } from "../../helpers/circuit-case.ts";
import { polynomial } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";

describe("ScoreRow", () => {
  it("sums the positive scores, up to the largest sum there is", async () => {
    const circuit = await compileTemplate("settlement/score_row.circom", "ScoreRow(6)");
    const limit = 2 ** 19 - 1;
    const weight = (row: readonly number[]): bigint =>
      BigInt(row.reduce((sum, s) => sum + Math.max(0, s), 0));
    const rows = fc.array(fc.integer({ min: -limit, max: limit }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (score) => {
        const witness = await circuit.witness({ score });
        assert.deepEqual(circuit.broken(witness), []);
        assert.equal(witness[circuit.wire("weight")], weight(score));
      }),
      {
        numRuns: 30,
        examples: [[new Array(6).fill(limit)], [new Array(6).fill(-limit)], [new Array(6).fill(0)]],
      },
    );
    for (const score of [limit + 1, -limit - 1]) {
      for (let c = 0; c < 6; c++) {
        const row = new Array<number>(6).fill(0).with(c, score);
        await assert.rejects(circuit.witness({ score: row }), WitnessRefused, `position ${c}`);
      }
    }
    const witness = await circuit.witness({ score: [1, -2, 3, 0, 5, -6] });
    assert.deepEqual(circuit.loose(witness), []);
    assert.notDeepEqual(circuit.broken(circuit.edited(witness, { weight: 10n })), []);
  });
});

describe("Freivalds against the matrix product", () => {
  // 14 traces make two groups: one is full, the other is not.
  const [Q, C, k] = [14, 5, 7];
  const alpha = drawn("freivalds") % R;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("settlement/freivalds.circom", `Freivalds(${Q}, ${C}, ${k})`);
  });

  const inputs = (phi: Int8Array, u: readonly Int8Array[]) => ({
    alpha,
    score: u.map((row) => Array.from(scoreTrace(row, { phi, positions: C, width: k }))),
    u: u.map((row) => Array.from(row)),
    v: Array.from({ length: k }, (_, j) =>
      polynomial(
        Array.from({ length: C }, (_, c) => BigInt(phi[c * k + j]!)),
        alpha,
      ),
    ),
  });
  const bytes = (length: number, min: number, max: number) =>
    fc
      .array(fc.integer({ min, max }), { minLength: length, maxLength: length })
      .map((x) => Int8Array.from(x));

  it("accepts the product", async () => {
    const us = fc.array(bytes(k, -128, 127), { minLength: Q, maxLength: Q });
    await fc.assert(
      fc.asyncProperty(bytes(C * k, -127, 127), us, async (phi, u) => {
        assert.deepEqual(circuit.broken(await circuit.witness(inputs(phi, u))), []);
      }),
      {
        numRuns: 20,
        examples: [
          [new Int8Array(C * k).fill(127), Array.from({ length: Q }, () => new Int8Array(k).fill(-128))],
        ],
      },
    );
  });

  const product = inputs(
    Int8Array.from({ length: C * k }, (_, i) => (i * 37) % 128),
    Array.from({ length: Q }, (_, q) => Int8Array.from({ length: k }, (_, j) => (q * 11 + j * 5) % 100)),
  );
  const changed = (...changes: readonly (readonly [q: number, c: number, by: number])[]) => {
    const score = product.score.map((row) => [...row]);
    for (const [q, c, by] of changes) score[q]![c]! += by;
    return { ...product, score };
  };

  it("refuses a changed score of any trace, and a point moved to another position or trace", async () => {
    for (let q = 0; q < Q; q++) await assert.rejects(circuit.witness(changed([q, q % C, 1])), WitnessRefused);
    await assert.rejects(circuit.witness(changed([0, 0, 1], [0, 1, -1])), WitnessRefused);
    await assert.rejects(circuit.witness(changed([0, 0, 1], [1, 0, -1])), WitnessRefused);
  });

  it("relies on the scores' range: a whole base more in one digit is one less in the next", async () => {
    const base = 2 ** Math.ceil(Math.log2(2 ** 19 + 128 * 127 * k));
    assert.deepEqual(circuit.broken(await circuit.witness(changed([0, 2, base], [1, 2, -1]))), []);
    const largestDifference = 2 ** 19 - 1 + 128 * 127 * k;
    assert.ok(base > largestDifference, "no score in range is a base away from the product");
  });

  it("binds every signal", async () => {
    assert.deepEqual(circuit.loose(await circuit.witness(product)), []);
  });
});
