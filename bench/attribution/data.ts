/** The public data sets as files of rows that the import reads: some of their rows where all would take too long. */
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseColumns } from "../../src/datanet/source/columns.ts";
import { csvRecords } from "../../src/datanet/source/csv.ts";
import { linesOf } from "../../src/datanet/source/lines.ts";
import type { Columns } from "../../src/datanet/types.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { type RealDataFile, realData } from "../../test/helpers/real-data.ts";
import { hasSklearn, type SklearnSet, sklearnLines } from "./sklearn.ts";
import { unevenOwners } from "./uneven.ts";

export interface BenchRows {
  readonly file: string;
  readonly test: string;
  readonly columns: Columns;
}

export type BenchData = "optdigits" | "optdigits-uneven" | "banking77" | "clinc150" | SklearnSet;

const CACHE = fileURLToPath(new URL("../../.cache/bench/attribution/", import.meta.url));

const NEEDED: Readonly<Record<Exclude<BenchData, SklearnSet>, readonly RealDataFile[]>> = {
  optdigits: ["optdigitsTrain", "optdigitsTest"],
  "optdigits-uneven": ["optdigitsTrain", "optdigitsTest"],
  banking77: ["banking77Train", "banking77Test"],
  clinc150: ["clinc150"],
};

const isOfSklearn = (name: BenchData): name is SklearnSet => name === "breast-cancer" || name === "digits";

/** Whether the files of a data set are there, or the package that has it. */
export const isThere = (name: BenchData): boolean =>
  isOfSklearn(name) ? hasSklearn() : NEEDED[name].every((file) => existsSync(realData(file)));

/** What to do where it is not. */
export const howToHave = (name: BenchData): string =>
  isOfSklearn(name)
    ? "install scikit-learn for python3, or set TRIBUTARY_PYTHON to an interpreter that has it"
    : "set TRIBUTARY_TEST_DATA to the folder of the data sets";

interface TextRow {
  readonly text: string;
  readonly label: string;
}

/** `count` of the rows, drawn by a fixed seed, as JSON lines. */
function writeRows(name: string, rows: readonly TextRow[], count: number): string {
  const chosen = seededRandom(1).permutation(rows.length).slice(0, count).sort();
  const file = join(CACHE, `${name}-${Math.min(count, rows.length)}.jsonl`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, Array.from(chosen, (i) => `${JSON.stringify(rows[i])}\n`).join(""));
  return file;
}

async function banking(file: RealDataFile): Promise<TextRow[]> {
  const rows: TextRow[] = [];
  for await (const records of csvRecords(linesOf(createReadStream(realData(file), "utf8")))) {
    for (const { fields } of records) rows.push({ text: fields[0]!, label: fields[1]! });
  }
  return rows.slice(1);
}

/** CLINC150's pairs of text and intent; its out-of-scope requests have no intent to learn and are left out. */
function clinc(part: "train" | "test"): TextRow[] {
  const all = JSON.parse(readFileSync(realData("clinc150"), "utf8")) as Record<string, [string, string][]>;
  return all[part]!.map(([text, label]) => ({ text, label }));
}

/** Lines of optdigits' training part: `count` that are drawn by a fixed seed, in their order, and the others. */
export function digitLines(count: number): { readonly chosen: string[]; readonly others: string[] } {
  const lines = readFileSync(realData("optdigitsTrain"), "utf8").trim().split("\n");
  const drawn = new Set(seededRandom(1).permutation(lines.length).slice(0, count));
  return {
    chosen: lines.filter((_, i) => drawn.has(i)),
    others: lines.filter((_, i) => !drawn.has(i)),
  };
}

/** The training part of optdigits as a file: all of it, or some of its rows. */
function digitsFile(rows: number): string {
  if (!Number.isFinite(rows)) return realData("optdigitsTrain");
  const file = join(CACHE, `optdigits-${rows}.csv`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, `${digitLines(rows).chosen.join("\n")}\n`);
  return file;
}

/** Some of optdigits' rows with a column that says whose each is: contributors of very different size. */
function unevenDigitsFile(rows: number, contributors: number): string {
  const { chosen } = digitLines(rows);
  const owners = unevenOwners(
    chosen.map((line) => line.split(",")[64]!),
    contributors,
  );
  const file = join(CACHE, `optdigits-${rows}-of-${contributors}.csv`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, chosen.map((line, i) => `${line},${owners[i]}\n`).join(""));
  return file;
}

/** Rows of a contributor of these sets, at most. */
const MOST_ROWS = 100;

/** Some rows of a set of scikit-learn, dealt to contributors of different size, and the others as a test file. */
function sklearnFiles(name: SklearnSet, rows: number, contributors: number): BenchRows {
  const lines = sklearnLines(name);
  const order = seededRandom(1).permutation(lines.length);
  const [chosen, others] = [order.slice(0, rows), order.slice(rows)].map((part) =>
    Array.from(part.sort(), (i) => lines[i]!),
  ) as [string[], string[]];
  const width = chosen[0]!.split(",").length - 1;
  const owners = unevenOwners(
    chosen.map((line) => line.split(",")[width]!),
    contributors,
    MOST_ROWS,
  );
  mkdirSync(CACHE, { recursive: true });
  const [file, test] = [
    join(CACHE, `${name}-${rows}-of-${contributors}.csv`),
    join(CACHE, `${name}-test.csv`),
  ];
  writeFileSync(file, chosen.map((line, i) => `${line},${owners[i]}\n`).join(""));
  writeFileSync(test, others.map((line) => `${line}\n`).join(""));
  const columns = {
    features: parseColumns(`0-${width - 1}`),
    label: `${width}`,
    contributor: `${width + 1}`,
  };
  return { file, test, columns };
}

const TEXT_COLUMNS: Columns = { text: "text", label: "label" };

/**
 * @param rows of a set's training part, at most
 * @param contributors that a file is dealt to here, where it says itself whose each row is
 */
export async function benchRows(name: BenchData, rows: number, contributors: number): Promise<BenchRows> {
  if (isOfSklearn(name)) return sklearnFiles(name, rows, contributors);
  if (name === "optdigits-uneven") {
    const columns = { features: parseColumns("0-63"), label: "64", contributor: "65" };
    return { file: unevenDigitsFile(rows, contributors), test: realData("optdigitsTest"), columns };
  }
  if (name === "optdigits") {
    const columns = { features: parseColumns("0-63"), label: "64" };
    return { file: digitsFile(rows), test: realData("optdigitsTest"), columns };
  }
  const [train, test] =
    name === "banking77"
      ? [await banking("banking77Train"), await banking("banking77Test")]
      : [clinc("train"), clinc("test")];
  return {
    file: writeRows(`${name}-train`, train, rows),
    test: writeRows(`${name}-test`, test, Number.POSITIVE_INFINITY),
    columns: TEXT_COLUMNS,
  };
}
