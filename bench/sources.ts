/** Rows to measure on besides the retraining benchmark: optdigits from TRIBUTARY_TEST_DATA, and the text that is shipped. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Features } from "../src/datanet/types.ts";
import { fitScaling, numericBase, textBase } from "../src/model/built-in.ts";
import type { Base } from "../src/model/types.ts";
import { seededRandom } from "../src/numeric/random.ts";

export interface Labelled {
  readonly features: Features[];
  readonly labels: number[];
}

export interface Source {
  readonly training: Labelled;
  readonly test: Labelled;
  readonly base: Base;
  readonly names: string[];
  readonly positions: number;
  /** Whether training low-rank pairs inside of the base would take hours. */
  readonly frozen?: true;
}

const REPOSITORY = fileURLToPath(new URL("../", import.meta.url));
const DATA = process.env.TRIBUTARY_TEST_DATA ?? join(REPOSITORY, "../shared/data");
const ROWS = 1500;

/** 1,500 rows of optdigits and 1,100 others; undefined where the data set is absent. */
export function digits(): Source | undefined {
  const folder = join(DATA, "optdigits");
  if (!existsSync(join(folder, "optdigits.tra"))) return undefined;
  const read = (file: string, most: number): Labelled => {
    const lines = readFileSync(join(folder, file), "utf8")
      .split("\n")
      .filter((line) => /^\d/.test(line));
    const rows = lines.slice(0, most).map((line) => line.split(",").map(Number));
    return {
      features: rows.map((row) => Float64Array.from(row.slice(0, 64))),
      labels: rows.map((row) => row[64]!),
    };
  };
  const training = read("optdigits.tra", ROWS);
  const base = numericBase(fitScaling(training.features as Float64Array[]));
  const names = Array.from({ length: 10 }, (_, digit) => String(digit));
  return { training, test: read("optdigits.tes", 1100), base, names, positions: 40 };
}

/** The shipped text: all of its rows, and those that are held out. */
export function harbourDesk(): Source {
  const read = (file: string) =>
    readFileSync(join(REPOSITORY, "data/harbour-desk", file), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { text: string; label: string });
  const rows = read("rows.jsonl");
  const names = [...new Set(rows.map(({ label }) => label))].sort();
  const labelled = (some: typeof rows): Labelled => ({
    features: some.map(({ text }) => text),
    labels: some.map(({ label }) => names.indexOf(label)),
  });
  return {
    training: labelled(rows),
    test: labelled(read("held-out.jsonl")),
    base: textBase(),
    names,
    positions: 20,
  };
}

/** Two labels for each contributor mostly, a tenth of the rows anywhere. */
export function dealSkewed(labels: readonly number[], classes: number, positions: number): Uint32Array {
  const random = seededRandom(5);
  return Uint32Array.from(labels, (label) => {
    for (;;) {
      const c = random.integer(positions);
      if (label === c % classes || label === (3 * c + 1) % classes || random.uniform() < 0.1) return c;
    }
  });
}
