import assert from "node:assert/strict";
import { after, test } from "node:test";
import { commitPayouts, openTotal, payoutPolynomial } from "../../../src/commitment/payouts.ts";
import { pow, rootOfUnity } from "../../../src/crypto/field.ts";
import { g1Bytes, g2Bytes } from "../../../src/crypto/kzg/curve.ts";
import { portableKzg } from "../../../src/crypto/kzg/engine.ts";
import { type G1, G1_GENERATOR, G2_GENERATOR } from "../../../src/crypto/points.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { curve, srs, close } = await openTestSrs("mini");
after(close);
const kzg = portableKzg(srs);
const C = 16;
const first = Array.from({ length: 12 }, (_, c) => BigInt(c) * 10n ** 9n);
const second = Array.from({ length: 15 }, (_, c) => 7n * BigInt(c) + 1n);
const total = Array.from({ length: 15 }, (_, c) => (first[c] ?? 0n) + second[c]!);

/** e(C − value·G + x·π, G₂) = e(π, [τ]₂). */
function opens(commitment: Uint8Array, x: bigint, value: bigint, proof: G1): Promise<boolean> {
  const { G1, Fr } = curve;
  const pi = g1Bytes(curve, proof);
  const constant = G1.timesFr(g1Bytes(curve, G1_GENERATOR), Fr.e(value));
  const left = G1.add(G1.sub(G1.add(commitment, G1.zero), constant), G1.timesFr(pi, Fr.e(x)));
  return curve.pairingEq(left, g2Bytes(curve, G2_GENERATOR), G1.neg(pi), g2Bytes(curve, srs.tau2));
}

test("every position's total opens against the sum of the batches' commitments", async () => {
  const sum = curve.G1.add(
    g1Bytes(curve, await commitPayouts(first, C, kzg)),
    g1Bytes(curve, await commitPayouts(second, C, kzg)),
  );
  for (const c of [0, 7, 15]) {
    const { value, proof } = await openTotal(total, C, c, kzg);
    const x = pow(rootOfUnity(C), BigInt(c));
    assert.equal(value, total[c] ?? 0n);
    assert.equal(await opens(sum, x, value, proof), true);
    assert.equal(await opens(sum, x, value + 1n, proof), false);
    assert.equal(await opens(sum, pow(rootOfUnity(C), BigInt(c + 1)), value, proof), false);
  }
});

test("no amounts commit to the point at infinity", async () => {
  assert.deepEqual(await commitPayouts([], C, kzg), { x: 0n, y: 0n });
});

test("refuses more amounts than positions, and a position that is not there", async () => {
  assert.throws(() => payoutPolynomial(new Array<bigint>(17).fill(1n), C), { code: "TRB_CORE_RANGE" });
  for (const position of [-1, 16, 1.5]) {
    await assert.rejects(openTotal(total, C, position, kzg), { code: "TRB_COMMITMENT_POSITION" });
  }
});
