import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { bn254 } from "@noble/curves/bn254.js";
import { indexCoefficientBytes, indexPolynomial } from "../../../src/commitment/index-commitment.ts";
import { openTotal, payoutPolynomial } from "../../../src/commitment/payouts.ts";
import { pow, R, rootOfUnity } from "../../../src/crypto/field.ts";
import { commit, openAt, scalarBytes } from "../../../src/crypto/kzg/commit.ts";
import { portableKzg, readScalars, type Term } from "../../../src/crypto/kzg/engine.ts";
import { foldRows } from "../../../src/crypto/kzg/fold.ts";
import { combine } from "../../../src/crypto/kzg/polynomial.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { artifactPaths } from "../../../src/proof/keys.ts";
import { requireNative } from "../../../src/proof/native-backend.ts";
import { noiseIndex } from "../../helpers/batch.ts";
import { withoutNative } from "../../helpers/native.ts";
import { sectionPlaces, withSection } from "../../helpers/sections.ts";
import { openTestSrs, temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
const { srs, close } = await openTestSrs("mini");
after(async () => {
  await close();
  await folder.remove();
});
const native = { skip: withoutNative };
const engine = (threads: number, path = srs.path) => requireNative({ threads }).kzg({ ...srs, path });

const random = seededRandom(12);
const scalar = (): bigint =>
  Array.from({ length: 8 }, () => BigInt(random.integer(2 ** 32))).reduce((a, b) => (a << 32n) | b) % R;
const scalars = (count: number, make: (i: number) => bigint = scalar): bigint[] =>
  Array.from({ length: count }, (_, i) => make(i));
const same = scalar();
const KINDS: readonly (readonly [string, readonly bigint[]])[] = [
  ["none", []],
  ["zero", scalars(40, () => 0n)],
  ["one", scalars(300, () => 1n)],
  ["r − 1", scalars(300, () => R - 1n)],
  ["all equal", scalars(1000, () => same)],
  ["small, of both signs", scalars(1000, (i) => (i % 2 === 0 ? BigInt(i) : R - BigInt(i)))],
  ["a single one", [same]],
  ["random", scalars(1000)],
];

test(
  "commitments are the portable ones for every kind of scalar, on one thread and on two",
  native,
  async () => {
    for (const [kind, polynomial] of KINDS) {
      const expected = await commit(srs, polynomial);
      for (const threads of [1, 2]) {
        assert.deepEqual(await engine(threads).commit([[1n, scalarBytes(polynomial)]]), expected, kind);
      }
    }
  },
);

test("a commitment is the sum that @noble/curves computes", native, async () => {
  const { Point } = bn254.G1;
  const polynomial = scalars(6);
  // The file's powers of τ, read from commitments to X^i.
  let sum = Point.ZERO;
  for (const [i, coefficient] of polynomial.entries()) {
    const power = await commit(
      srs,
      scalars(i + 1, (j) => (j === i ? 1n : 0n)),
    );
    sum = sum.add(Point.fromAffine(power).multiply(coefficient));
  }
  const { x, y } = await engine(2).commit([[1n, scalarBytes(polynomial)]]);
  assert.deepEqual({ x, y }, { x: sum.toAffine().x, y: sum.toAffine().y });
});

test("linear combinations, openings and folds are the portable ones", native, async () => {
  const [long, short, x, factor] = [scalars(512), scalars(2), scalar(), scalar()];
  const terms: Term[] = [
    [1n, scalarBytes(long)],
    [factor, scalarBytes(short)],
  ];
  const combined = combine([1n, long], [factor, short]);
  const fold = foldRows(long, 64, factor);
  for (const kzg of [portableKzg(srs), engine(1), engine(2)]) {
    assert.deepEqual(await kzg.commit(terms), await commit(srs, combined));
    assert.deepEqual(await kzg.open(terms, x), await openAt(srs, combined, x));
    const { folded, quotient } = await kzg.fold(scalarBytes(long), 64, factor);
    assert.deepEqual([folded, readScalars(quotient)], [fold.folded, fold.quotient]);
  }
});

test("the bytes of an index are those of its polynomial", async () => {
  const index = noiseIndex("mini", 16);
  assert.deepEqual(indexCoefficientBytes(index), scalarBytes(indexPolynomial(index)));
});

test("all openings at once are the single ones", native, async () => {
  for (const n of [1, 2, 16, 64]) {
    const amounts = scalars(n, (i) => BigInt(i) * 10n ** 9n);
    const polynomial = payoutPolynomial(amounts, n);
    const all = await engine(2).openAll!(scalarBytes(polynomial));
    assert.equal(all.length, n);
    for (const c of new Set([0, 1 % n, n - 1])) {
      assert.deepEqual(all[c], (await openTotal(amounts, n, c, portableKzg(srs))).proof);
      assert.deepEqual(all[c], (await openAt(srs, polynomial, pow(rootOfUnity(n), BigInt(c)))).proof);
    }
  }
});

test("what has no answer is refused", native, async () => {
  const kzg = engine(1);
  const tooLong = scalars(16385, () => 1n);
  await assert.rejects(kzg.commit([[1n, scalarBytes(tooLong)]]), { code: "TRB_SRS_SHORT" });
  await assert.rejects(kzg.commit([[1n, new Uint8Array(32).fill(255)]]), { code: "TRB_CORE_RANGE" });
  await assert.rejects(kzg.commit([[1n, new Uint8Array(33)]]), { code: "TRB_CORE_RANGE" });
  await assert.rejects(kzg.openAll!(new Uint8Array(96)), { code: "TRB_NATIVE_SHAPE" });
  await assert.rejects(kzg.fold(new Uint8Array(96), 2, 1n), { code: "TRB_NATIVE_SHAPE" });
});

test("powers of tau that are cut off, or of another curve, are refused", native, async () => {
  const file = await readFile(artifactPaths("mini").srs);
  const path = join(folder.path, "broken.ptau");
  const refuses = async (bytes: Uint8Array, code: string): Promise<void> => {
    await writeFile(path, bytes);
    await assert.rejects(engine(1, path).commit([[1n, scalarBytes([1n, 2n])]]), { code });
  };
  for (const { head, end } of sectionPlaces(file)) {
    for (const cut of [head + 1, head + 12, end - 1])
      await refuses(file.subarray(0, cut), "TRB_FILE_CORRUPT");
  }
  await refuses(
    withSection(file, 1, (header) => header.fill(3, 4, 36)),
    "TRB_SRS_CORRUPT",
  );
  await refuses(
    withSection(file, 2, (powers) => powers.fill(255)),
    "TRB_FILE_CORRUPT",
  );
  await assert.rejects(engine(1, join(folder.path, "none")).commit([[1n, scalarBytes([2n])]]), {
    code: "TRB_FILE_MISSING",
  });
});

test("work that is cancelled while it runs ends with its code", native, async () => {
  const controller = new AbortController();
  const polynomial = scalarBytes(scalars(1024));
  const work = engine(1).openAll!(polynomial, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(work, { code: "TRB_PROOF_CANCELLED" });
});
