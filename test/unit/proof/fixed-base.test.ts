import assert from "node:assert/strict";
import { after, test } from "node:test";
import { R } from "../../../src/crypto/field.ts";
import { scalarBytes } from "../../../src/crypto/kzg/commit.ts";
import { openCurve } from "../../../src/crypto/kzg/curve.ts";
import { openArena } from "../../../src/proof/development/arena.ts";
import { fixedBase, POINT_BYTES, windowBits } from "../../../src/proof/development/fixed-base.ts";
import { windowCount } from "../../../src/proof/development/signed-digits.ts";

const { curve, close } = await openCurve();
after(close);
const arena = openArena();

/** 0, 1, the ends of signed digits, r − 1, and more than one block of others. */
const scalars = [
  0n,
  1n,
  2n,
  16n,
  17n,
  31n,
  32n,
  R - 1n,
  R - 17n,
  2n ** 253n,
  ...Array.from({ length: 1100 }, (_, i) => 3n ** BigInt(i + 50) % R),
];

for (const group of ["g1", "g2"] as const) {
  test(`${group}: the points are those of ordinary multiplication`, () => {
    const G = group === "g1" ? curve.G1 : curve.G2;
    const size = POINT_BYTES[group];
    const out = new Uint8Array(scalars.length * size);
    fixedBase(arena, group, 5).multiply(scalarBytes(scalars), out);
    for (const i of [...Array(12).keys(), 1023, 1024, 1025, scalars.length - 1]) {
      const expected = G.toAffine(G.timesFr(G.oneAffine, curve.Fr.e(scalars[i]!)));
      assert.deepEqual(out.slice(i * size, (i + 1) * size), expected, `scalar ${scalars[i]}`);
    }
  });
}

test("a sum that meets the entry to be added is refused, not added wrongly", () => {
  // Of a width's scalars one has lower windows that sum up, modulo r, to the last window's entry.
  const bits = 5;
  const unit = BigInt(bits * (windowCount(bits) - 1));
  const scalar = (2n ** (unit + 1n) * (R >> unit)) % R;
  for (const group of ["g1", "g2"] as const) {
    const base = fixedBase(arena, group, bits);
    const multiply = (n: bigint): void => base.multiply(scalarBytes([n]), new Uint8Array(POINT_BYTES[group]));
    assert.throws(() => multiply(scalar), RangeError);
    assert.doesNotThrow(() => multiply(scalar + 1n));
  }
});

test("more points take wider windows", () => {
  assert.ok(windowBits(100) < windowBits(10_000));
  assert.ok(windowBits(10_000) < windowBits(1_000_000));
});
