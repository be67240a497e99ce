import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/setup/circom.ts";
import { inOrder, type Result } from "./table.ts";

const PATH = join(ROOT, "bench/mutants/results.json");

export const readResults = async (): Promise<Result> => JSON.parse(await readFile(PATH, "utf8"));

export const writeResults = (result: Result): Promise<void> =>
  writeFile(PATH, `${JSON.stringify(result, null, 1)}\n`);

/** The rows that `choose` gives for the files of `names`, each with its survivors. */
function rowsOf(names: readonly string[], choose: (file: string) => Result): Result {
  const chosen = names.map((file) => ({ file, of: choose(file) }));
  return {
    files: chosen.flatMap(({ file, of }) => of.files.filter((row) => row.file === file)),
    survivors: inOrder(chosen.flatMap(({ file, of }) => of.survivors.filter((one) => one.file === file))),
  };
}

/** What a run knows; of a file that is as it was, and of which an earlier one that is forgotten knew more, what that one knew. */
export function withEarlier(now: Result, before: Result): Result {
  const rows = new Map(before.files.map((row) => [row.file, row]));
  return rowsOf(
    now.files.map(({ file }) => file),
    (file) => {
      const [row, old] = [now.files.find((one) => one.file === file)!, rows.get(file)];
      const same = old !== undefined && old.text === row.text && old.mutants === row.mutants;
      return same && old.untried < row.untried ? before : now;
    },
  );
}

/** A run's rows among those of files that it was not about, unless these files are gone. */
export function amongOthers(
  now: Result,
  before: Result,
  isThere: (file: string) => boolean = (file) => existsSync(join(ROOT, file)),
): Result {
  const own = new Set(now.files.map(({ file }) => file));
  const others = before.files.map(({ file }) => file).filter((file) => !own.has(file) && isThere(file));
  return rowsOf([...others, ...own], (file) => (own.has(file) ? now : before));
}
