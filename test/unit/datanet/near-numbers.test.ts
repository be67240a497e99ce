import assert from "node:assert/strict";
import { test } from "node:test";
import { Clusters } from "../../../src/datanet/clusters.ts";
import { groupEqual } from "../../../src/datanet/groups.ts";
import { nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import { type Random, seededRandom } from "../../../src/numeric/random.ts";

/** Rows in a fixed order, of no owner more than an even part. */
function sampled(owners: readonly number[], size: number, seed: number): number[] {
  const most = Math.min(size, owners.length);
  const each = Math.ceil(most / new Set(owners).size);
  const order = Array.from(seededRandom(seed).permutation(owners.length));
  return order
    .filter((row, at) => order.slice(0, at).filter((other) => owners[other] === owners[row]).length < each)
    .slice(0, most);
}

/** Ranges between two percentiles of the columns that vary between the quartiles, or, where those are less than half, between rarer ones. */
function plainUnits(rows: readonly Float64Array[], owners: readonly number[]): number[] {
  const sample = sampled(owners, 4096, 4);
  const columns = Array.from(rows[0]!, (_, j) => sample.map((row) => rows[row]![j]!).sort((a, b) => a - b));
  const ranges = (p: number): number[] =>
    columns.map((x) => x[Math.floor((1 - p) * (x.length - 1))]! - x[Math.ceil(p * (x.length - 1))]!);
  const varying = (p: number): number => ranges(p).filter((range) => range > 0).length;
  const p = [0.25, 0.1, 0.02].find((tried) => varying(tried) >= varying(0.02) / 2)!;
  return ranges(Math.min(p, 0.1)).map((range, j) => (ranges(p)[j]! > 0 ? range : Number.POSITIVE_INFINITY));
}

/**
 * The definition, pair by pair: in one bucket of one of 20 tables, and within the limits of both rows. A limit is a part of the distance from the tenth
 * of up to 128 rows of the label.
 */
function plainClusters(
  rows: readonly Float64Array[],
  labels: Uint32Array,
  owners: readonly number[],
): Uint32Array {
  const n = rows.length;
  const width = rows[0]!.length;
  const units = plainUnits(rows, owners);
  const x = rows.map((row) => row.map((value, j) => value / units[j]!));
  const distances = x.map((a) =>
    x.map((b) => {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += (a[j]! - b[j]!) ** 2;
      return Math.sqrt(sum);
    }),
  );
  const distance = (a: number, b: number): number => distances[a]![b]!;
  const nearest = (row: number, others: readonly number[]): number[] =>
    others
      .filter((other) => other !== row)
      .map((other) => distance(row, other))
      .filter((found) => found > 0)
      .sort((a, b) => a - b);
  const peers = (row: number): number[] =>
    Array.from(rows.keys()).filter((other) => labels[other] === labels[row]);
  const around = new Map(
    [...new Set(labels)].map((label) => {
      const members = Array.from(rows.keys()).filter((row) => labels[row] === label);
      const drawn = sampled(
        members.map((row) => owners[row]!),
        128,
        3,
      );
      return [label, drawn.map((at) => members[at]!)];
    }),
  );
  const surroundings = rows.map((_, row) => nearest(row, around.get(labels[row]!)!).slice(0, 10).at(-1)!);
  const asked = sampled(owners, 512, 2);
  const usual = asked.map((row) => surroundings[row]!).sort((a, b) => a - b);
  const ratios = asked.map((row) => nearest(row, peers(row))[0]! / surroundings[row]!).sort((a, b) => a - b);
  const [quartile, median] = [0.25, 0.5].map((part) => ratios[Math.floor(part * ratios.length)]!) as [
    number,
    number,
  ];
  const dimension = Math.log(Math.log(2) / Math.log(4 / 3)) / Math.log(median / quartile);
  const part = median * Math.min(0.55, (-Math.log(1 - 0.0075) / Math.log(2)) ** (1 / dimension));
  const [least, most] = [0.1, 0.75].map((at) => usual[Math.floor(at * usual.length)]!) as [number, number];
  const limits = surroundings.map((wide) => part * Math.max(least, Math.min(most, wide)));
  const clusters = new Clusters(n);
  for (const label of around.keys()) {
    const members = peers(labels.indexOf(label));
    const size = 4 * part * most;
    const random = seededRandom(3);
    for (let table = 0; table < 20; table++) {
      const directions = Array.from({ length: 6 }, () =>
        Float64Array.from({ length: width }, () => random.normal()),
      );
      const shifts = directions.map(() => random.uniform());
      const keys = members.map((row) => {
        const places = directions.map((d, p) =>
          Math.floor(d.reduce((sum, at, j) => sum + at * x[row]![j]!, 0) / size + shifts[p]!),
        );
        return places.join();
      });
      members.forEach((a, i) => {
        for (let j = 0; j < i; j++) {
          const b = members[j]!;
          if (keys[i] === keys[j] && distance(a, b) <= Math.min(limits[a]!, limits[b]!)) clusters.join(a, b);
        }
      });
    }
  }
  return clusters.first();
}

/** Rows of which a tenth are another row with a little noise; others lie along `latent` directions, or anywhere where it is 0. */
function rowsOf(
  n: number,
  width: number,
  latent: number,
  random: Random,
): { rows: Float64Array[]; labels: Uint32Array; owners: number[] } {
  const directions = Array.from({ length: latent }, () =>
    Float64Array.from({ length: width }, () => random.normal()),
  );
  const noise = width === 1 ? 1e-7 : width < 4 || latent > 0 ? 1e-4 : 0.02;
  const rows: Float64Array[] = [];
  const labels = new Uint32Array(n);
  const owners: number[] = [];
  for (let i = 0; i < n; i++) {
    const copied = i > 9 && random.uniform() < 0.1 ? random.integer(i) : undefined;
    owners.push(copied === undefined ? random.integer(20) : 20);
    labels[i] = copied === undefined ? random.integer(3) : labels[copied]!;
    const z = directions.map(() => random.normal());
    const spread = latent > 0 ? 0.2 : 1;
    rows.push(
      copied === undefined
        ? Float64Array.from({ length: width }, (_, j) =>
            z.reduce((sum, at, l) => sum + at * directions[l]![j]!, spread * random.normal()),
          )
        : rows[copied]!.map((value) => value + noise * random.normal()),
    );
  }
  return { rows, labels, owners };
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
    const { rows, labels, owners } = rowsOf(
      width > 100 ? 200 : 420,
      width,
      latent,
      seededRandom(width + latent),
    );
    const expected = plainClusters(rows, labels, owners);
    assert.ok(new Set(expected).size < 0.95 * rows.length, "there are near ones to find");
    assert.deepEqual(
      nearDuplicates({ features: rows, labels, owners: Uint32Array.from(owners) }).first,
      expected,
    );
  });
}

test("numbers far beyond what whole ones hold are cut off, and near ones among them still found", () => {
  const random = seededRandom(9);
  const { rows, labels, owners } = rowsOf(420, 8, 0, random);
  const far = rows.map((row) => row.map((x) => (random.uniform() < 0.02 ? x * 1e6 : x)));
  assert.deepEqual(
    nearDuplicates({ features: far, labels, owners: Uint32Array.from(owners) }).first,
    plainClusters(far, labels, owners),
  );
});

test("equal numbers are grouped in order, those that are alone are left out", () => {
  assert.deepEqual(groupEqual(Uint32Array.of(7, 0, 7, 0xffffffff, 3, 0, 7)), [
    Uint32Array.of(0, 2, 6),
    Uint32Array.of(1, 5),
  ]);
  assert.deepEqual(groupEqual(new Uint32Array()), []);
});
