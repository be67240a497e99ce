import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type NearOptions, nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import { jaccard, shinglesOf } from "../../../src/datanet/shingles.ts";
import type { Features } from "../../../src/datanet/types.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";

const EDIT_SEED = 7;

/** Every row from somebody else. */
const nearOf = (features: readonly Features[], labels: Uint32Array, options?: NearOptions) =>
  nearDuplicates({ features, labels, owners: labels.map((_, i) => i) }, options);

/** A text with one word replaced. */
function edited(text: string, random: ReturnType<typeof seededRandom>): string {
  const words = text.split(" ");
  return words.with(random.integer(words.length), "harbourmaster").join(" ");
}

/** Of the planted copies, how many share a cluster with their original; of the other rows, how many are in a cluster. */
function found(first: Uint32Array, originals: number, planted: readonly number[]) {
  const recalled = planted.filter((original, i) => first[original] === first[originals + i]).length;
  const sizes = new Map<number, number>();
  for (const row of first.subarray(0, originals)) sizes.set(row, (sizes.get(row) ?? 0) + 1);
  const merged = first.subarray(0, originals).filter((row) => sizes.get(row)! > 1).length;
  return { recall: recalled / planted.length, merged: merged / originals };
}

/** Rows with a copy, one word changed, of every tenth that is long enough for that to be a small edit. */
function plant(texts: readonly string[], labels: readonly number[]) {
  const random = seededRandom(EDIT_SEED);
  const planted = [...texts.keys()].filter((row) => row % 10 === 0 && texts[row]!.length >= 60);
  const copies = planted.map((row) => edited(texts[row]!, random));
  return {
    planted,
    all: [...texts, ...copies],
    labels: Uint32Array.from([...labels, ...planted.map((row) => labels[row]!)]),
  };
}

/** Texts of a set, one of each label's equal ones: who says the same says the same, and that is no chance. */
function unequal(rows: readonly (readonly [text: string, label: string])[]) {
  const kept = new Map(rows.map(([text, label]) => [`${label} ${shinglesOf(text).join()}`, [text, label]]));
  const names = [...new Set(rows.map(([, label]) => label))];
  return {
    texts: Array.from(kept.values(), ([text]) => text!),
    labels: Uint32Array.from(kept.values(), ([, label]) => names.indexOf(label!)),
  };
}

const banking77 = () =>
  unequal(
    readFileSync(realData("banking77Train"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const match = /^"?(.*?)"?,([a-zA-Z_?]+)\r?$/.exec(line);
        return match ? [[match[1]!, match[2]!] as const] : [];
      }),
  );

const clinc150 = () =>
  unequal((JSON.parse(readFileSync(realData("clinc150"), "utf8")) as { train: [string, string][] }).train);

describe("near-duplicate texts", () => {
  test("similarity of shingles", () => {
    const of = (a: string, b: string): number => jaccard(shinglesOf(a), shinglesOf(b));
    assert.equal(of("Where is the ferry?", "where  IS the ferry"), 1, "case, spaces, punctuation");
    assert.equal(of("abcdef", "uvwxyz"), 0);
    // " abcd " has the shingles " abc", "abcd", "bcd "; " abcx " shares the first.
    assert.equal(of("abcd", "abcx"), 1 / 5);
  });

  test("in the shipped data: planted ones are found, other rows are left alone", () => {
    const path = fileURLToPath(new URL("../../../data/harbour-desk/rows.jsonl", import.meta.url));
    const rows = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { text: string; label: string });
    const names = [...new Set(rows.map(({ label }) => label))];
    const { planted, all, labels } = plant(
      rows.map(({ text }) => text),
      rows.map(({ label }) => names.indexOf(label)),
    );
    assert.ok(planted.length >= 10, String(planted.length));
    const { recall, merged } = found(nearOf(all, labels, { similarity: 0.6 }).first, rows.length, planted);
    assert.ok(recall >= 0.8, `recall ${recall}`);
    assert.ok(merged <= 0.01, `${merged} of the rows merged`);
  });

  test("another label makes another row", () => {
    const texts = [
      "The lamp at the end of berth twelve has been broken since Monday",
      "The lamp at the end of berth eleven has been broken since Monday",
    ];
    assert.deepEqual([...nearOf(texts, Uint32Array.of(0, 0), { similarity: 0.6 }).first], [0, 0]);
    assert.deepEqual([...nearOf(texts, Uint32Array.of(0, 1), { similarity: 0.6 }).first], [0, 1]);
  });

  test("among a few texts nothing is alike by chance, and the similarity decides", () => {
    const texts = ["The lamp at the end of berth twelve has been broken since Monday"];
    const other = (text: string, similarity?: number) =>
      nearOf([...texts, text], Uint32Array.of(0, 0), { similarity }).first[1];
    assert.equal(other("the lamps at the end of berth twelve has been broken since monday!", 0.8), 0);
    assert.equal(other("The lamp at the end of berth eleven has been out since Monday"), 1);
    assert.equal(other("The lamp at the end of berth eleven has been out since Monday", 0.5), 0);
  });

  const sets = { banking77: ["banking77Train"], CLINC150: ["clinc150"] } as const;
  for (const [name, files] of Object.entries(sets)) {
    testOnRealData(`in ${name}: one row of a hundred is near another one by chance`, files, () => {
      const { texts, labels } = name === "banking77" ? banking77() : clinc150();
      for (const most of name === "banking77" ? [texts.length, 3_000] : [3_000]) {
        const drawn = seededRandom(1).permutation(texts.length).slice(0, most);
        const rows = Array.from(drawn, (row) => texts[row]!);
        const { joined } = nearOf(
          rows,
          drawn.map((row) => labels[row]!),
        );
        assert.ok(joined <= 0.01 * most, `${joined} of ${most}`);
      }
    });
  }

  testOnRealData(
    "in banking77: ten copies of a row, one word changed in each, are one row",
    ["banking77Train"],
    () => {
      const { texts, labels } = banking77();
      const drawn = seededRandom(1).permutation(texts.length).slice(0, 3_000);
      const random = seededRandom(EDIT_SEED);
      const long = Array.from(drawn).filter((row) => texts[row]!.length >= 60);
      const planted = long.slice(0, 30).flatMap((row) => Array.from({ length: 10 }, () => row));
      const all = [...drawn, ...planted];
      const { first } = nearDuplicates({
        features: all.map((row, i) => (i < drawn.length ? texts[row]! : edited(texts[row]!, random))),
        labels: Uint32Array.from(all, (row) => labels[row]!),
        // Forty people, and one who copies.
        owners: Uint32Array.from(all, (_, i) => (i < drawn.length ? i % 40 : 40)),
      });
      const at = (row: number): number => first[drawn.indexOf(row)]!;
      const recalled = planted.filter((row, i) => at(row) === first[drawn.length + i]).length;
      assert.ok(recalled >= 0.8 * planted.length, `${recalled} of ${planted.length}`);
    },
  );
});

describe("near-duplicate numbers", () => {
  const random = seededRandom(3);
  const centres = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: 20 }, () => 3 * random.normal()),
  );
  const labels = Array.from({ length: 300 }, (_, i) => i % 3);
  const points = labels.map((label) => centres[label]!.map((x) => x + random.normal()));
  const planted = [...points.keys()].filter((row) => row % 10 === 0);
  const noisy = (size: number) => planted.map((row) => points[row]!.map((x) => x + size * random.normal()));
  const all = Uint32Array.from([...labels, ...planted.map((row) => labels[row]!)]);

  test("small noise is found, other rows are left alone but for a few that are unusually near", () => {
    const { first, limit } = nearOf([...points, ...noisy(0.1)], all);
    const { recall, merged } = found(first, points.length, planted);
    assert.equal(recall, 1);
    assert.ok(merged <= 0.02, `${merged} of the rows merged`);
    assert.ok(limit > 0);
  });

  test("rows as far as others are from each other are other rows", () => {
    const { first } = nearOf([...points, ...noisy(1)], all);
    assert.equal(found(first, points.length, planted).recall, 0);
  });

  test("noise in a column that nobody else uses does not hide a copy", () => {
    const wide = (row: Float64Array, extra: number) => Float64Array.from([...row, extra]);
    const few = planted.slice(0, 3);
    const copies = few.map((row, i) => wide(points[row]!, i % 2 === 0 ? 1e-6 : -1e-6));
    const { first } = nearOf([...points.map((row) => wide(row, 0)), ...copies], all.subarray(0, 303));
    assert.equal(found(first, points.length, few).recall, 1);
  });

  test("ten times as many rows of one owner do not decide in what distances are measured", () => {
    // Columns that are 0 for everybody else; in them, and elsewhere, the copies have noise of a few percent.
    const wide = (row: Float64Array, extra: () => number) =>
      Float64Array.from([...row, extra(), extra(), extra()]);
    const own = Array.from({ length: 15 }, (_, i) => i);
    const copies = own.flatMap((row) =>
      Array.from({ length: 10 }, () =>
        wide(
          points[row]!.map((x) => x + 0.1 * random.normal()),
          () => random.normal(),
        ),
      ),
    );
    const { first } = nearDuplicates({
      features: [...points.map((row) => wide(row, () => 0)), ...copies],
      labels: Uint32Array.from([...labels, ...own.flatMap((row) => Array(10).fill(labels[row]))]),
      owners: Uint32Array.from({ length: 450 }, (_, i) => (i < 300 ? Math.floor(i / 15) : 0)),
    });
    assert.equal(
      found(
        first,
        points.length,
        own.flatMap((row) => Array(10).fill(row)),
      ).recall,
      1,
    );
    assert.ok(new Set(first.subarray(0, 300)).size >= 295);
  });

  testOnRealData(
    "in optdigits: one row of a hundred is near another one by chance",
    ["optdigitsTrain"],
    () => {
      const lines = readFileSync(realData("optdigitsTrain"), "utf8").split("\n");
      const rows = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(",").map(Number));
      for (const [seed, most] of [rows.length, 1_500, 1_500, 500].entries()) {
        const drawn = seededRandom(seed).permutation(rows.length).slice(0, most);
        const { joined } = nearOf(
          Array.from(drawn, (row) => Float64Array.from(rows[row]!.slice(0, 64))),
          drawn.map((row) => rows[row]![64]!),
        );
        assert.ok(joined <= 0.01 * most, `${joined} of ${most}`);
      }
    },
  );

  test("the same rows give the same clusters, and exact copies are near", () => {
    const rows = [...points, ...noisy(0)];
    const { first } = nearOf(rows, all);
    assert.deepEqual(nearOf(rows, all).first, first);
    assert.equal(found(first, points.length, planted).recall, 1);
  });
});

test("rows that share a cluster are counted, the first ones, too", () => {
  const texts = [
    "the ferry leaves the northern quay at nine",
    "my card was swallowed by the machine in town",
    "please send the invoice to another address",
  ] as const;
  const near = nearOf(
    [0, 1, 1, 2, 1, 2].map((at) => texts[at]!),
    new Uint32Array(6),
  );
  assert.deepEqual([Array.from(near.first), near.joined], [[0, 1, 1, 3, 1, 3], 5]);
  assert.equal(nearOf([...texts], new Uint32Array(3)).joined, 0);
});
