import assert from "node:assert/strict";
import { after, test } from "node:test";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import {
  blindingColumn,
  checkIndex,
  commitIndex,
  indexPolynomial,
} from "../../../src/commitment/index-commitment.ts";
import { R } from "../../../src/crypto/field.ts";
import { commit } from "../../../src/crypto/kzg/commit.ts";
import { noiseIndex } from "../../helpers/batch.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
after(close);
const index = noiseIndex("mini", 13);

test("the blinding column is HKDF-SHA-512 as another library computes it", () => {
  const seed = new Uint8Array(32).fill(9);
  const column = blindingColumn(seed, 3);
  column.forEach((value, c) => {
    const okm = hkdf(sha512, seed, utf8ToBytes("tributary/blinding/v1"), Uint8Array.of(0, 0, 0, c), 64);
    assert.equal(value, BigInt(`0x${Buffer.from(okm).toString("hex")}`) % R);
  });
  assert.equal(new Set(column).size, 3);
});

test("coefficient c·w + j is Φ_cj, negative ones as r − |x|, the last of a row is its blind", () => {
  const polynomial = indexPolynomial(index);
  const w = index.width + 1;
  const at = index.phi.findIndex((x) => x < 0);
  const [c, j] = [Math.floor(at / index.width), at % index.width];
  assert.equal(polynomial[c * w + j], R + BigInt(index.phi[at]!));
  assert.equal(polynomial[2 * w + index.width], blindingColumn(index.blindingSeed, 3)[2]);
  assert.equal(polynomial.length, 16 * w);
});

test("the cheap way gives the commitment of the whole polynomial", async () => {
  assert.deepEqual(await commitIndex(index, srs), await commit(srs, indexPolynomial(index)));
});

test("another entry or another seed gives another commitment", async () => {
  const phi = Int8Array.from(index.phi);
  phi[0]! ^= 1;
  const seed = Uint8Array.from(index.blindingSeed);
  seed[0]! ^= 1;
  const points = await Promise.all(
    [index, { ...index, phi }, { ...index, blindingSeed: seed }].map((one) => commitIndex(one, srs)),
  );
  assert.equal(new Set(points.map(({ x }) => x)).size, 3);
});

test("refuses shapes and entries that are not the tier's", () => {
  const wrong = [
    { ...index, width: 62 },
    { ...index, phi: index.phi.slice(1) },
    { ...index, assigned: 0 },
    { ...index, assigned: 17 },
    { ...index, assigned: Number.NaN },
    { ...index, blindingSeed: new Uint8Array(31) },
  ];
  for (const one of wrong) {
    assert.throws(() => checkIndex(one), { code: "TRB_COMMITMENT_INDEX_SHAPE" });
  }
  const phi = Int8Array.from(index.phi);
  phi[3] = -128;
  assert.throws(() => checkIndex({ ...index, phi }), { code: "TRB_COMMITMENT_PHI_RANGE" });
});
