import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { bn254 } from "@noble/curves/bn254.js";
import { commit, openAt } from "../../../../src/crypto/kzg/commit.ts";
import { readSrs } from "../../../../src/crypto/kzg/srs.ts";
import { artifactPaths } from "../../../../src/proof/keys.ts";
import { openTestSrs, temporaryFolder } from "../../../helpers/srs.ts";

const { curve, srs, close } = await openTestSrs("mini");
const folder = await temporaryFolder();
after(async () => {
  await close();
  await folder.remove();
});

const original = await readFile(artifactPaths("mini").srs);
/** Behind the file's header, the header section with its own header, and the header of section 2. */
const FIRST_POINT = 12 + (12 + 44) + 12;

async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, change(Buffer.from(original)));
  return path;
}

const flipped = (at: number) => (bytes: Buffer) => {
  bytes[at]! ^= 1;
  return bytes;
};

test("an opening verifies with an independent pairing, and another value does not", async () => {
  const polynomial = [5n, 0n, 7n, 11n];
  const { G1, G2 } = bn254;
  const point = ({ x, y }: { x: bigint; y: bigint }) => G1.Point.fromAffine({ x, y });
  const commitment = point(await commit(srs, polynomial));
  const { value, proof } = await openAt(srs, polynomial, 3n);
  assert.equal(value, 5n + 7n * 9n + 11n * 27n);
  const tau = G2.Point.fromAffine({
    x: bn254.fields.Fp2.fromBigTuple([...srs.tau2.x]),
    y: bn254.fields.Fp2.fromBigTuple([...srs.tau2.y]),
  });
  const holds = (claimed: bigint): boolean => {
    const left = commitment.add(G1.Point.BASE.multiply(claimed).negate()).add(point(proof).multiply(3n));
    const pairs = [
      { g1: left, g2: G2.Point.BASE },
      { g1: point(proof).negate(), g2: tau },
    ];
    return bn254.fields.Fp12.eql(bn254.pairingBatch(pairs), bn254.fields.Fp12.ONE);
  };
  assert.equal(holds(value), true);
  assert.equal(holds(value + 1n), false);
});

test("refuses a polynomial longer than the reference string", async () => {
  await assert.rejects(commit(srs, new Array<bigint>(srs.length + 1).fill(1n)), { code: "TRB_SRS_SHORT" });
});

test("refuses a file with fewer powers than asked for", async () => {
  await assert.rejects(readSrs(curve, artifactPaths("mini").srs, 100_000), { code: "TRB_SRS_SHORT" });
});

test("refuses a missing file, another kind of file and one that is cut off", async () => {
  await assert.rejects(readSrs(curve, join(folder.path, "none"), 4), { code: "TRB_FILE_MISSING" });
  for (const [name, change] of [
    ["kind", flipped(0)],
    ["cut", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ["empty", () => Buffer.alloc(0)],
  ] as const) {
    const path = await changed(name, change);
    await assert.rejects(readSrs(curve, path, 4), { code: "TRB_FILE_CORRUPT" });
  }
});

test("refuses another curve, a wrong generator, a point off the curve and a power of another τ", async () => {
  const swapped = (bytes: Buffer) => {
    // Power 2 in the place of power 1: on the curve, but not of the τ of [τ]₂.
    bytes.copy(bytes, FIRST_POINT + 64, FIRST_POINT + 128, FIRST_POINT + 192);
    return bytes;
  };
  for (const [name, change] of [
    ["curve", flipped(12 + 12 + 4)],
    ["generator", flipped(FIRST_POINT)],
    ["off-curve", flipped(FIRST_POINT + 64)],
    ["other-tau", swapped],
  ] as const) {
    const path = await changed(name, change);
    await assert.rejects(readSrs(curve, path, 4), { code: "TRB_SRS_CORRUPT" }, name);
  }
});
