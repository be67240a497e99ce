import { EQUIVALENT, type Equivalent } from "./equivalent.ts";
import type { MutatedFile } from "./generate.ts";
import type { Mutant } from "./mutant.ts";
import type { Known } from "./state.ts";

export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  readonly before: string;
  readonly after: string;
}

export interface Counts {
  readonly file: string;
  /** Digest of its text, and the commit that it was tried at. */
  readonly text: string;
  readonly commit: string;
  readonly mutants: number;
  readonly killed: number;
  /** No programs. */
  readonly invalid: number;
  readonly equivalent: number;
  readonly survived: number;
  readonly untried: number;
}

export interface Result {
  readonly files: readonly Counts[];
  readonly survivors: readonly Survivor[];
}

/** The reviewed entry of a mutant. */
export const equivalentOf = ({ file, before, after }: Mutant): Equivalent | undefined =>
  EQUIVALENT.find((one) => one.file === file && one.before === before && one.after === after);

/** By files and lines. */
export const inOrder = (survivors: readonly Survivor[]): Survivor[] =>
  survivors.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));

/** What is known, in numbers for each file and with every survivor that is not known to be equivalent. */
export function resultOf(
  files: readonly MutatedFile[],
  known: (file: MutatedFile, mutant: Mutant) => Known | undefined,
  stamp: (file: MutatedFile) => Pick<Counts, "text" | "commit">,
): Result {
  const survivors: Survivor[] = [];
  const counts = files.map((file): Counts => {
    const of = { killed: 0, invalid: 0, equivalent: 0, survived: 0, untried: 0 };
    for (const mutant of file.mutants) {
      const result = known(file, mutant)?.result;
      if (result === undefined) of.untried++;
      else if (result !== "survived") of[result]++;
      else if (equivalentOf(mutant) !== undefined) of.equivalent++;
      else {
        of.survived++;
        const { line, operator, before, after } = mutant;
        survivors.push({ file: file.file, line, operator, before, after });
      }
    }
    return { file: file.file, ...stamp(file), mutants: file.mutants.length, ...of };
  });
  return { files: counts, survivors: inOrder(survivors) };
}

/** The table that is printed at the end. */
export function tableOf({ files, survivors }: Result): string {
  const width = Math.max(...files.map(({ file }) => file.length));
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(11)).join("")}`;
  const columns = ["mutants", "killed", "invalid", "equivalent", "survived", "untried"] as const;
  const sum = (column: (typeof columns)[number]): number =>
    files.reduce((total, counts) => total + counts[column], 0);
  return [
    row("file", ["mutants", "killed", "no program", "equivalent", "survived", "untried"]),
    ...files.map((counts) =>
      row(
        counts.file,
        columns.map((column) => counts[column]),
      ),
    ),
    row("all", columns.map(sum)),
    "",
    survivors.length === 0 ? "No survivors." : "Survivors:",
    ...survivors.map(
      ({ file, line, operator, before, after }) =>
        `${file}:${line}  ${operator}\n  - ${before}\n  + ${after}`,
    ),
    "",
  ].join("\n");
}
