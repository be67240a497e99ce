import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mod, pow, R, rootOfUnity } from "../../../../src/crypto/field.ts";
import { combine, divideByLinear, interpolate } from "../../../../src/crypto/kzg/polynomial.ts";
import { evaluate } from "../../../../src/protocol/statement-vector.ts";

const scalar = fc.bigInt({ min: 0n, max: R - 1n });
const polynomial = fc.array(scalar, { minLength: 1, maxLength: 20 });

test("f(X) = q(X)·(X − x) + f(x), at a point that is not x", () => {
  fc.assert(
    fc.property(polynomial, scalar, scalar, (f, x, z) => {
      const { quotient, value } = divideByLinear(f, x);
      assert.equal(value, evaluate(f, x));
      assert.equal(evaluate(f, z), mod(evaluate(quotient, z) * (z - x) + value));
    }),
  );
});

for (const n of [1, 2, 16, 128]) {
  test(`interpolation on ${n} roots of unity takes the values it was given`, () => {
    const values = Array.from({ length: n }, (_, i) => BigInt(i * i + 5));
    const f = interpolate(values);
    assert.equal(f.length, n);
    const omega = rootOfUnity(n);
    values.forEach((value, i) => {
      assert.equal(evaluate(f, pow(omega, BigInt(i))), value);
    });
  });
}

test("a combination evaluates to the combination of the values", () => {
  fc.assert(
    fc.property(polynomial, polynomial, scalar, scalar, (f, g, factor, x) => {
      const sum = evaluate(combine([1n, f], [factor, g]), x);
      assert.equal(sum, mod(evaluate(f, x) + factor * evaluate(g, x)));
    }),
  );
});
