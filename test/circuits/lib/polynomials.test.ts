import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { pow, R, rootOfUnity } from "../../../src/crypto/field.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { drawn } from "../../helpers/circuit-case.ts";
import { interpolated, polynomial } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";

const element = (label: string): bigint => drawn(label) % R;

describe("Horner", () => {
  it("evaluates packed coefficients", async () => {
    const circuit = await compileTemplate("lib/horner.circom", "Horner(2, [[2, 1, 0, 0], [3, 2, 56, 4]])");
    const x = element("x");
    const values = [element("a"), element("b"), 5n, 6n, 7n];
    const witness = await circuit.witness({ x, in: values });
    assert.deepEqual(circuit.broken(witness), []);
    assert.equal(witness[1], polynomial([values[0]!, values[1]!, 9n + (10n << 56n), 11n], x));
    assert.deepEqual(circuit.loose(witness), []);
  });
});

describe("Squarings", () => {
  it("gives the powers x^(2^i)", async () => {
    const circuit = await compileTemplate("lib/squarings.circom", "Squarings(5)");
    const x = element("x");
    const witness = await circuit.witness({ x });
    const powers = Array.from({ length: 6 }, (_, i) => pow(x, 2n ** BigInt(i)));
    for (const [i, power] of powers.entries())
      if (i > 0) assert.equal(witness[circuit.wire(`power[${i}]`)], power);
    assert.deepEqual(circuit.broken(witness), []);
    assert.deepEqual(circuit.loose(witness), []);
  });
});

describe("Barycentric", () => {
  const n = 8;
  const values = Array.from({ length: n }, (_, i) => element(`value ${i}`));
  const at = (x: bigint, value: readonly bigint[] = values) => ({ x, xPowN: pow(x, BigInt(n)), value });
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("lib/barycentric.circom", `Barycentric(${n})`);
  });

  it("equals Lagrange's formula", async () => {
    for (const label of ["one", "two"]) {
      const x = element(label);
      const witness = await circuit.witness(at(x));
      assert.deepEqual(circuit.broken(witness), []);
      assert.equal(witness[1], interpolated(values, x));
      assert.deepEqual(circuit.loose(witness), []);
    }
  });

  it("refuses a quotient of another value", async () => {
    const witness = await circuit.witness(at(element("x")));
    const other = await circuit.witness(at(element("x"), [...values.slice(1), values[0]!]));
    const quotient = other[circuit.wire("quotient[3]")]!;
    assert.notDeepEqual(circuit.broken(circuit.edited(witness, { "quotient[3]": quotient })), []);
  });

  it("at a root of unity has no witness but for the value 0, and then 0 comes out whatever the quotient", async () => {
    const root = pow(rootOfUnity(n), 3n);
    await assert.rejects(circuit.witness(at(root)), WitnessRefused);
    const zero = values.map((value, i) => (i === 3 ? 0n : value));
    const witness = await circuit.witness(at(root, zero));
    assert.equal(witness[1], 0n);
    const edited = circuit.edited(witness, { "quotient[3]": 123n });
    assert.deepEqual(circuit.broken(edited), []);
    assert.notDeepEqual(circuit.broken(circuit.edited(edited, { out: 1n })), []);
  });
});

describe("ZeroFlag", () => {
  it("accepts the right flag only", async () => {
    const circuit = await compileTemplate("lib/zero_flag.circom", "ZeroFlag()");
    const accepted = async (value: bigint, inverse: bigint, flag: bigint): Promise<boolean> =>
      circuit.witness({ in: value, inverse, flag }).then(
        (witness) => circuit.broken(witness).length === 0,
        () => false,
      );
    assert.ok(await accepted(0n, 0n, 1n));
    assert.ok(await accepted(0n, 99n, 1n));
    assert.ok(await accepted(2n, (R + 1n) / 2n, 0n));
    for (const [value, inverse, flag] of [
      [0n, 0n, 0n],
      [0n, 5n, 0n],
      [2n, 0n, 1n],
      [2n, 1n, R - 1n],
      [2n, 1n, 0n],
    ]) {
      assert.ok(!(await accepted(value!, inverse!, flag!)), `${value} ${inverse} ${flag}`);
    }
    const witness = await circuit.witness({ in: 2n, inverse: (R + 1n) / 2n, flag: 0n });
    assert.notDeepEqual(circuit.broken(circuit.edited(witness, { flag: 1n })), []);
  });
});
