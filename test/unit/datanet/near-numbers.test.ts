import assert from "node:assert/strict";
import { test } from "node:test";
import { Clusters } from "../../../src/datanet/clusters.ts";
import { groupEqual } from "../../../src/datanet/groups.ts";
import { nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import { type Random, seededRandom } from "../../../src/numeric/random.ts";

/** The definition, pair by pair: in one bucket of one of 20 tables, and within 0.7 of the usual distance of nearest neighbours. */
function plainClusters(rows: readonly Float64Array[], labels: Uint32Array): Uint32Array {
  const n = rows.length;
  const width = rows[0]!.length;
  const units = Array.from({ length: width }, (_, j) => {
    const sorted = rows.map((row) => row[j]!).sort((a, b) => a - b);
    const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / n;
    const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / n;
    const range = sorted[Math.floor(0.98 * (n - 1))]! - sorted[Math.ceil(0.02 * (n - 1))]!;
    return range > 0 ? Math.max(Math.sqrt(variance), range / 8) : Number.POSITIVE_INFINITY;
  });
  const x = rows.map((row) => row.map((value, j) => value / units[j]!));
  const distance = (a: number, b: number): number =>
    x[a]!.reduce((sum, v, j) => sum + (v - x[b]![j]!) ** 2, 0);
  const peers = (row: number): number[] =>
    Array.from(rows.keys()).filter((other) => other !== row && labels[other] === labels[row]);
  const nearest = Array.from(seededRandom(2).permutation(n).slice(0, 256), (row) =>
    Math.min(...peers(row).map((other) => distance(row, other) || Number.POSITIVE_INFINITY)),
  )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const limit = (nearest[Math.floor(nearest.length / 2)] ?? 0) * 0.7 ** 2;
  const clusters = new Clusters(n);
  const random = seededRandom(3);
  for (let table = 0; limit > 0 && table < 20; table++) {
    const directions = Array.from({ length: 6 }, () =>
      Float64Array.from({ length: width }, () => random.normal()),
    );
    const shifts = directions.map(() => random.uniform());
    const keys = x.map((row, i) => {
      const places = directions.map((d, p) => {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += d[j]! * row[j]!;
        return Math.floor(sum / (4 * Math.sqrt(limit)) + shifts[p]!);
      });
      return `${labels[i]}:${places.join()}`;
    });
    for (let a = 1; a < n; a++)
      for (let b = 0; b < a; b++) if (keys[a] === keys[b] && distance(a, b) <= limit) clusters.join(a, b);
  }
  return clusters.first();
}

/** Rows of which a third are another row with a little noise; others lie along `latent` directions, or anywhere where it is 0. */
function rowsOf(
  n: number,
  width: number,
  latent: number,
  random: Random,
): { rows: Float64Array[]; labels: Uint32Array } {
  const directions = Array.from({ length: latent }, () =>
    Float64Array.from({ length: width }, () => random.normal()),
  );
  const rows: Float64Array[] = [];
  const labels = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const copied = i > 9 && random.uniform() < 0.3 ? random.integer(i) : undefined;
    labels[i] = copied === undefined ? random.integer(3) : labels[copied]!;
    const z = directions.map(() => random.normal());
    const spread = latent > 0 ? 0.2 : 1;
    rows.push(
      copied === undefined
        ? Float64Array.from({ length: width }, (_, j) =>
            z.reduce((sum, at, l) => sum + at * directions[l]![j]!, spread * random.normal()),
          )
        : rows[copied]!.map((value) => value + 0.05 * random.normal()),
    );
  }
  return { rows, labels };
}

for (const [width, latent] of [
  [1, 0],
  [2, 0],
  [3, 2],
  [4, 0],
  [5, 2],
  [64, 0],
  [64, 4],
  [700, 3],
] as const) {
  test(`blocks of whole numbers give the clusters of the definition: ${width} columns, ${latent || "all"} directions`, () => {
    const { rows, labels } = rowsOf(420, width, latent, seededRandom(width + latent));
    const expected = plainClusters(rows, labels);
    assert.ok(new Set(expected).size < rows.length - 50, "there are near ones to find");
    assert.deepEqual(nearDuplicates(rows, labels).first, expected);
  });
}

test("numbers far beyond what whole ones hold are cut off, and near ones among them still found", () => {
  const random = seededRandom(9);
  const { rows, labels } = rowsOf(420, 8, 0, random);
  const far = rows.map((row) => row.map((x) => (random.uniform() < 0.02 ? x * 1e6 : x)));
  assert.deepEqual(nearDuplicates(far, labels).first, plainClusters(far, labels));
});

test("equal numbers are grouped in order, those that are alone are left out", () => {
  assert.deepEqual(groupEqual(Uint32Array.of(7, 0, 7, 0xffffffff, 3, 0, 7)), [
    Uint32Array.of(0, 2, 6),
    Uint32Array.of(1, 5),
  ]);
  assert.deepEqual(groupEqual(new Uint32Array()), []);
});
