import assert from "node:assert/strict";
import { test } from "node:test";
import { bn254 } from "@noble/curves/bn254.js";
import { P, R } from "../../../src/crypto/field.ts";
import { G1_GENERATOR, G2_GENERATOR } from "../../../src/crypto/points.ts";
import {
  GENERATOR,
  linearCombination,
  pairingProductIsOne,
  readG1,
  readG2,
} from "../../../src/verification/curve.ts";
import { pointOutsideSubgroup } from "../../helpers/proof-points.ts";

const { Fp2 } = bn254.fields;

test("the generators are read, and (0, 0) is the point at infinity", () => {
  assert.ok(readG1(G1_GENERATOR)?.equals(GENERATOR));
  assert.ok(readG2(G2_GENERATOR)?.equals(bn254.G2.Point.BASE));
  assert.ok(readG1({ x: 0n, y: 0n })?.is0());
  assert.ok(readG2({ x: [0n, 0n], y: [0n, 0n] })?.is0());
});

test("points off the curve are refused", () => {
  assert.equal(readG1({ x: 1n, y: 3n }), undefined);
  assert.equal(readG1({ x: 0n, y: 1n }), undefined);
  assert.equal(readG1({ x: 5n, y: 0n }), undefined, "one coordinate alone is no infinity");
  const { x, y } = G2_GENERATOR;
  assert.equal(readG2({ x, y: [y[0], y[1] + 1n] }), undefined);
  assert.equal(readG2({ x, y: [0n, 0n] }), undefined);
  assert.equal(readG2({ x: [0n, 0n], y }), undefined);
  assert.equal(readG2({ x: [x[1], x[0]], y: [y[1], y[0]] }), undefined, "the EVM's order of coordinates");
});

test("a second spelling of a point, one coordinate raised by p, is refused", () => {
  assert.equal(readG1({ x: 1n + P, y: 2n }), undefined);
  assert.equal(readG1({ x: 1n, y: 2n - P }), undefined);
  assert.equal(readG1({ x: P, y: P }), undefined);
  const { x, y } = G2_GENERATOR;
  assert.equal(readG2({ x: [x[0] + P, x[1]], y }), undefined);
});

test("a point of the twist outside of the subgroup is refused", () => {
  const point = pointOutsideSubgroup();
  const { x, y } = point;
  const onTwist = Fp2.eql(
    Fp2.sqr({ c0: y[0], c1: y[1] }),
    Fp2.add(Fp2.pow({ c0: x[0], c1: x[1] }, 3n), bn254.G2.Point.CURVE().b),
  );
  assert.ok(onTwist, "the point is on the twist, so that only its order is wrong");
  assert.equal(readG2(point), undefined);
});

test("the pairing product sees a relation and a broken one, and skips points at infinity", () => {
  const [a, b] = [123456789n, R - 42n];
  const times = (k: bigint) => linearCombination([[k, GENERATOR]]);
  const h = readG2(G2_GENERATOR)!;
  const zero = readG1({ x: 0n, y: 0n })!;
  const left = [times(a), h.multiply(b)] as const;
  assert.ok(pairingProductIsOne([left, [times((a * b) % R).negate(), h]]));
  assert.ok(!pairingProductIsOne([left, [times(((a * b) % R) + 1n).negate(), h]]));
  assert.ok(pairingProductIsOne([[zero, h]]));
  const zero2 = readG2({ x: [0n, 0n], y: [0n, 0n] })!;
  assert.ok(pairingProductIsOne([[GENERATOR, zero2]]), "B of a proof may be anything, and nothing throws");
  assert.ok(
    !pairingProductIsOne([
      [zero, h],
      [GENERATOR, h],
    ]),
  );
});
