import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import fc from "fast-check";
import { R } from "../../../src/crypto/field.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";

const accepts = async (circuit: TestCircuit, value: bigint): Promise<boolean> =>
  circuit.witness({ in: value }).then(
    (witness) => circuit.broken(witness).length === 0,
    (error) => {
      assert.ok(error instanceof WitnessRefused);
      return false;
    },
  );

describe("Range(8, 0)", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("lib/range.circom", "Range(8, 0)");
  });

  it("accepts the bounds and nothing beyond them", async () => {
    for (const value of [0n, 1n, 127n, 128n, 255n]) assert.ok(await accepts(circuit, value), `${value}`);
    for (const value of [-1n, 256n, 511n, R - 256n, (R + 1n) / 2n]) {
      assert.ok(!(await accepts(circuit, value)), `${value}`);
    }
  });

  it("has no other bits for an accepted value", async () => {
    const witness = await circuit.witness({ in: 0b1010_0101n });
    assert.deepEqual(circuit.loose(witness), []);
    assert.notDeepEqual(circuit.broken(circuit.edited(witness, { in: 0b1_1010_0101n })), []);
    assert.notDeepEqual(circuit.broken(circuit.edited(witness, { "bit[0]": 3n, "bit[1]": R - 1n })), []);
  });
});

describe("Range(8, 128)", () => {
  it("accepts signed bytes and nothing else", async () => {
    const circuit = await compileTemplate("lib/range.circom", "Range(8, 128)");
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -400n, max: 400n }), async (value) => {
        assert.equal(await accepts(circuit, value), value >= -128n && value < 128n);
      }),
      { numRuns: 60, examples: [[-129n], [-128n], [127n], [128n]] },
    );
  });
});

describe("SignedRange(19)", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("lib/signed_range.circom", "SignedRange(19)");
  });

  it("gives the absolute value of a number in range, and refuses others", async () => {
    const limit = 2n ** 19n;
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -2n * limit, max: 2n * limit }), async (value) => {
        const inside = value > -limit && value < limit;
        assert.equal(await accepts(circuit, value), inside);
        if (inside) assert.equal((await circuit.witness({ in: value }))[1], value < 0n ? -value : value);
      }),
      { numRuns: 60, examples: [[-limit], [1n - limit], [0n], [limit - 1n], [limit], [R - limit]] },
    );
  });

  it("binds the magnitude and its bits", async () => {
    for (const value of [5n, -5n, 0n]) {
      const witness = await circuit.witness({ in: value });
      assert.deepEqual(circuit.loose(witness), []);
      assert.notDeepEqual(circuit.broken(circuit.edited(witness, { magnitude: 7n })), []);
      if (value !== 0n)
        assert.notDeepEqual(circuit.broken(circuit.edited(witness, { magnitude: R - 5n })), []);
    }
  });
});
