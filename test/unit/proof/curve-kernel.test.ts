import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inverse, mod, R, rootOfUnity } from "../../../src/crypto/field.ts";
import { scalarBytes } from "../../../src/crypto/kzg/commit.ts";
import { NUMBER_BYTES, openArena } from "../../../src/proof/development/arena.ts";
import { lagrangeAt, oddLagrangeAt } from "../../../src/proof/development/lagrange.ts";
import { ELEMENT_BYTES } from "../../../src/proof/development/limbs.ts";

const arena = openArena();
const { call } = arena;

/** Scalars, many of them at the ends of the range and of the limbs' ranges. */
const scalar = fc.oneof(
  fc.bigInt(0n, R - 1n),
  fc
    .tuple(fc.integer({ min: 0, max: 253 }), fc.bigInt(-2n, 2n))
    .map(([bit, by]) => mod(2n ** BigInt(bit) + by)),
  fc.bigInt(1n, 4n).map((by) => R - by),
);

function enter(values: readonly bigint[]): number {
  const bytes = arena.reserve(values.length * NUMBER_BYTES);
  const elements = arena.reserve(values.length * ELEMENT_BYTES);
  arena.bytes().set(scalarBytes(values), bytes);
  call.r_enter(elements, bytes, values.length);
  return elements;
}

function plain(address: number, n: number): bigint[] {
  const out = arena.reserve(n * NUMBER_BYTES);
  call.r_plain(out, address, n);
  return Array.from({ length: n }, (_, i) => {
    const bytes = arena.bytes().slice(out + i * NUMBER_BYTES, out + (i + 1) * NUMBER_BYTES);
    return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
  });
}

test("products, sums and differences are those of the field, and are written below r", () => {
  const check = (a: readonly bigint[], b: readonly bigint[]): void => {
    const n = Math.min(a.length, b.length);
    const [left, right] = [enter(a), enter(b)];
    const out = arena.reserve(n * ELEMENT_BYTES);
    const expected = {
      mul: (x: bigint, y: bigint) => x * y,
      add: (x: bigint, y: bigint) => x + y,
      sub: (x: bigint, y: bigint) => x - y,
    };
    for (const name of ["mul", "add", "sub"] as const) {
      for (const step of [ELEMENT_BYTES, 0]) {
        call[`r_${name}`](out, left, right, step, n);
        const wanted = Array.from({ length: n }, (_, i) =>
          mod(expected[name](a[i]!, b[step === 0 ? 0 : i]!)),
        );
        assert.deepEqual(plain(out, n), wanted, `${name}, step ${step}`);
      }
    }
  };
  const list = fc.array(scalar, { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(list, list, check), { numRuns: 300 });
});

test("a long chain in place, never reduced between, stays right", () => {
  const step = fc.tuple(fc.constantFrom("mul", "add", "sub"), scalar);
  const chain = fc.array(step, { minLength: 200, maxLength: 200 });
  const check = (start: bigint, steps: readonly (readonly [string, bigint])[]): void => {
    const x = enter([start]);
    let expected = start;
    for (const [name, value] of steps) {
      call[`r_${name as "mul" | "add" | "sub"}`](x, x, arena.element("r", value), 0, 1);
      expected = mod(
        name === "mul" ? expected * value : name === "add" ? expected + value : expected - value,
      );
    }
    assert.deepEqual(plain(x, 1), [expected]);
  };
  fc.assert(fc.property(scalar, chain, check), { numRuns: 20 });
});

test("numbers a little below 0 and from r on are made the ones in [0, r)", () => {
  const limbs = (address: number): number[] => [...arena.words().slice(address / 4, address / 4 + 9)];
  const numbers = [0n, 1n, R - 1n, R / 16n, 2n ** 232n - 1n, 2n ** 29n - 1n];
  for (const value of numbers) {
    for (const shift of [-R, 0n, R]) {
      const shifted = arena.limbs(value + shift);
      // The top limb has the sign.
      arena.words()[shifted / 4 + 8] = Number((value + shift) >> 232n);
      call.r_canonical(shifted);
      assert.deepEqual(limbs(shifted), limbs(arena.limbs(value)), `${value} + ${shift}`);
    }
  }
});

test("a batch is inverted at once, and not at all where one element is zero", () => {
  const values = [1n, R - 1n, 2n, ...Array.from({ length: 50 }, (_, i) => mod(7n ** BigInt(i + 90)))];
  const products = arena.reserve((values.length + 2) * ELEMENT_BYTES);
  const elements = enter(values);
  assert.equal(call.r_invert(elements, products, values.length), 1);
  assert.deepEqual(plain(elements, values.length), values.map(inverse));
  for (const [i, zero] of [
    [0, 0n],
    [25, R],
    [values.length - 1, 0n],
  ] as const) {
    const withZero = values.with(i, 1n);
    const list = enter(withZero);
    // r itself is zero in another dress: r/2 + r/2 with r odd is made from two halves.
    const [a, b] = zero === R ? [R / 2n, R - R / 2n] : [0n, 0n];
    call.r_add(list + i * ELEMENT_BYTES, enter([a]), enter([mod(b)]), 0, 1);
    assert.equal(call.r_invert(list, products, values.length), 0, String(i));
    assert.deepEqual(plain(list, values.length), withZero.with(i, 0n));
  }
});

test("Lagrange values sum to 1 and interpolate, and a root of unity is refused", () => {
  const n = 64;
  const tau = 1_234_567n ** 9n;
  const all = plain(lagrangeAt(arena, n, mod(tau)), n);
  assert.equal(mod(all.reduce((a, b) => a + b)), 1n);
  const odd = plain(oddLagrangeAt(arena, n, mod(tau)), n / 2);
  assert.deepEqual(
    odd,
    all.filter((_, i) => i % 2 === 1),
  );
  assert.throws(() => lagrangeAt(arena, n, 1n), RangeError);
  assert.throws(() => oddLagrangeAt(arena, n, rootOfUnity(n)), RangeError);
  // −1 is an even root: not one of those that are divided by.
  assert.doesNotThrow(() => oddLagrangeAt(arena, n, R - 1n));
});
