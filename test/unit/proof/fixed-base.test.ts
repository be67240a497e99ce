import assert from "node:assert/strict";
import { after, test } from "node:test";
import { R } from "../../../src/core/field.ts";
import { scalarBytes } from "../../../src/core/kzg/commit.ts";
import { openCurve } from "../../../src/core/kzg/curve.ts";
import { openArena } from "../../../src/proof/development/arena.ts";
import { compileCurve } from "../../../src/proof/development/curve-module.ts";
import { fixedBase, POINT_BYTES, windowBits } from "../../../src/proof/development/fixed-base.ts";

const { curve, close } = await openCurve();
after(close);
const arena = await openArena(await compileCurve());

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

for (const group of ["g1m", "g2m"] as const) {
  test(`${group}: the points are those of ordinary multiplication`, () => {
    const G = group === "g1m" ? curve.G1 : curve.G2;
    const size = POINT_BYTES[group];
    const out = new Uint8Array(scalars.length * size);
    fixedBase(arena, group, 5).multiply(scalarBytes(scalars), out);
    for (const i of [...Array(12).keys(), 1023, 1024, 1025, scalars.length - 1]) {
      const expected = G.toAffine(G.timesFr(G.oneAffine, curve.Fr.e(scalars[i]!)));
      assert.deepEqual(out.slice(i * size, (i + 1) * size), expected, `scalar ${scalars[i]}`);
    }
  });
}

test("more points take wider windows", () => {
  assert.ok(windowBits(100) < windowBits(10_000));
  assert.ok(windowBits(10_000) < windowBits(1_000_000));
});
