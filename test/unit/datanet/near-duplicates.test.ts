import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import { jaccard, shinglesOf } from "../../../src/datanet/near-text.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { realData, testOnRealData } from "../../helpers/real-data.ts";

const EDIT_SEED = 7;

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
    const { recall, merged } = found(nearDuplicates(all, labels, 0.6).first, rows.length, planted);
    assert.ok(recall >= 0.8, `recall ${recall}`);
    assert.ok(merged <= 0.01, `${merged} of the rows merged`);
  });

  test("another label makes another row", () => {
    const texts = [
      "The lamp at the end of berth twelve has been broken since Monday",
      "The lamp at the end of berth eleven has been broken since Monday",
    ];
    assert.deepEqual([...nearDuplicates(texts, Uint32Array.of(0, 0), 0.6).first], [0, 0]);
    assert.deepEqual([...nearDuplicates(texts, Uint32Array.of(0, 1), 0.6).first], [0, 1]);
  });

  test("by default only what is the same but for a letter or two, and the similarity decides", () => {
    const texts = ["The lamp at the end of berth twelve has been broken since Monday"];
    const other = (text: string, similarity?: number) =>
      nearDuplicates([...texts, text], Uint32Array.of(0, 0), similarity).first[1];
    assert.equal(other("the lamps at the end of berth twelve has been broken since monday!"), 0);
    assert.equal(other("The lamp at the end of berth eleven has been out since Monday"), 1);
    assert.equal(other("The lamp at the end of berth eleven has been out since Monday", 0.5), 0);
  });

  testOnRealData("in banking77: the same", ["banking77Train"], () => {
    const lines = readFileSync(realData("banking77Train"), "utf8").trim().split("\n").slice(1, 4001);
    const rows = lines.flatMap((line) => {
      const match = /^"?(.*?)"?,([a-zA-Z_?]+)\r?$/.exec(line);
      return match ? [{ text: match[1]!, label: match[2]! }] : [];
    });
    const names = [...new Set(rows.map(({ label }) => label))];
    const { planted, all, labels } = plant(
      rows.map(({ text }) => text),
      rows.map(({ label }) => names.indexOf(label)),
    );
    assert.ok(planted.length >= 100, String(planted.length));
    const { recall, merged } = found(nearDuplicates(all, labels, 0.6).first, rows.length, planted);
    assert.ok(recall >= 0.8, `recall ${recall}`);
    // Many of its customers asked the same in almost the same words: these are joined, too.
    assert.ok(merged <= 0.3, `${merged} of the rows merged`);
  });
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
    const { first, limit } = nearDuplicates([...points, ...noisy(0.1)], all);
    const { recall, merged } = found(first, points.length, planted);
    assert.equal(recall, 1);
    assert.ok(merged <= 0.02, `${merged} of the rows merged`);
    assert.ok(limit > 0);
  });

  test("rows as far as others are from each other are other rows", () => {
    const { first } = nearDuplicates([...points, ...noisy(1)], all);
    assert.equal(found(first, points.length, planted).recall, 0);
  });

  test("noise in a column that nobody else uses does not hide a copy", () => {
    const wide = (row: Float64Array, extra: number) => Float64Array.from([...row, extra]);
    const few = planted.slice(0, 3);
    const copies = few.map((row, i) => wide(points[row]!, i % 2 === 0 ? 1e-6 : -1e-6));
    const { first } = nearDuplicates([...points.map((row) => wide(row, 0)), ...copies], all.subarray(0, 303));
    assert.equal(found(first, points.length, few).recall, 1);
  });

  test("the same rows give the same clusters, and exact copies are near", () => {
    const rows = [...points, ...noisy(0)];
    const { first } = nearDuplicates(rows, all);
    assert.deepEqual(nearDuplicates(rows, all).first, first);
    assert.equal(found(first, points.length, planted).recall, 1);
  });
});
