/** Data sets that scikit-learn brings along: their rows from Python, where it has the package. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const SKLEARN_SETS = { "breast-cancer": "load_breast_cancer", digits: "load_digits" } as const;
export type SklearnSet = keyof typeof SKLEARN_SETS;

/** Another interpreter than `python3`, such as that of a virtual environment. */
const PYTHON = process.env.TRIBUTARY_PYTHON ?? "python3";

const EXPORT = `
import csv, sys
from sklearn import datasets
x, y = getattr(datasets, sys.argv[1])(return_X_y=True)
with open(sys.argv[2], "w", newline="") as file:
    csv.writer(file).writerows([*map(repr, map(float, row)), int(label)] for row, label in zip(x, y))
`;

export const hasSklearn = (): boolean => spawnSync(PYTHON, ["-c", "import sklearn.datasets"]).status === 0;

/** The lines of a set, its numbers and then the label; read once. */
export function sklearnLines(set: SklearnSet): string[] {
  const folder = mkdtempSync(join(tmpdir(), "tributary-bench-"));
  try {
    const file = join(folder, "rows.csv");
    const { status, stderr } = spawnSync(PYTHON, ["-c", EXPORT, SKLEARN_SETS[set], file], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`scikit-learn gave no ${set}: ${stderr}`);
    return readFileSync(file, "utf8").trim().split(/\r?\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
