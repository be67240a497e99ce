import assert from "node:assert/strict";
import { test } from "node:test";
import { buildIndex } from "../../../src/attribution/build.ts";
import { capOf, NO_DEFENCES, rowLengths, rowWeights } from "../../../src/attribution/defences.ts";
import { TributaryError } from "../../../src/core/errors.ts";
import { toyIndexInput } from "../../helpers/toy-index.ts";

const close = (a: ArrayLike<number>, b: readonly number[]): void => {
  assert.equal(a.length, b.length);
  b.forEach((x, i) => {
    assert.ok(Math.abs(a[i]! - x) < 1e-12, `${i}: ${a[i]}, not ${x}`);
  });
};

test("lengths in the preconditioned space, by hand", () => {
  // ZᵀZ/n = diag(2, 8), λ = 1: lengths √(4/3), √(16/9).
  close(rowLengths(Float64Array.of(2, 0, 0, 4), 2, 1), [Math.sqrt(4 / 3), 4 / 3]);
});

test("a cluster shares one row's reward, or its first row has it", () => {
  const first = Uint32Array.of(0, 1, 0, 0);
  const lengths = new Float64Array(4).fill(1);
  close(rowWeights(first, lengths, { ...NO_DEFENCES, nearDuplicates: "share" }), [1 / 3, 1, 1 / 3, 1 / 3]);
  close(rowWeights(first, lengths, { ...NO_DEFENCES, nearDuplicates: "first" }), [1, 1, 0, 0]);
  close(rowWeights(first, lengths, NO_DEFENCES), [1, 1, 1, 1]);
});

test("the cap shortens what is longer, RelatIF makes all as long as the median", () => {
  const lengths = Float64Array.of(1, 2, 4, 8, 0);
  assert.equal(capOf(lengths, 75), 4);
  const alone = Uint32Array.of(0, 1, 2, 3, 4);
  close(rowWeights(alone, lengths, { ...NO_DEFENCES, rowCap: 75 }), [1, 1, 1, 0.5, 1]);
  close(rowWeights(alone, lengths, { ...NO_DEFENCES, normalise: "relatif" }), [2, 1, 0.5, 0.25, 1]);
});

test("defences change Φ as the weights say, and the manifest has what is needed to do it again", async () => {
  const { input } = await toyIndexInput();
  const plain = buildIndex(input);
  const duplicates = { first: input.owners.map((_, row) => row - (row % 2)), limit: 0.25 };
  const defences = { nearDuplicates: "share", normalise: "none", rowCap: 50 } as const;
  const defended = buildIndex({ ...input, defences, duplicates });
  assert.deepEqual(plain.manifest.defences, { ...NO_DEFENCES, nearLimit: null });
  assert.deepEqual(defended.manifest.defences, { ...defences, nearLimit: 0.25 });
  assert.notEqual(defended.manifest.phi, plain.manifest.phi);
  assert.deepEqual(buildIndex({ ...input, defences, duplicates }), defended);
  const weights = rowWeights(
    duplicates.first,
    rowLengths(input.sketched, plain.rows.width, input.ridge),
    defences,
  );
  assert.ok(weights.some((weight) => weight < 0.5));
  const factor = defended.manifest.scale / plain.manifest.scale;
  for (const at of [0, 63 * 7 + 5, 63 * 200 + 30]) {
    const wanted = plain.rows.values[at]! * factor * weights[Math.floor(at / 63)]!;
    assert.ok(Math.abs(defended.rows.values[at]! - wanted) <= 1e-6 * Math.abs(wanted));
  }
});

test("shares without clusters, or clusters of other rows, are refused", async () => {
  const { input } = await toyIndexInput();
  const refused = (more: object) =>
    assert.throws(
      () => buildIndex({ ...input, ...more }),
      (error) => error instanceof TributaryError && error.code === "TRB_ATTRIBUTION_INPUT",
    );
  refused({ defences: { ...NO_DEFENCES, nearDuplicates: "share" } });
  refused({ duplicates: { first: Uint32Array.of(0), limit: 1 } });
});
