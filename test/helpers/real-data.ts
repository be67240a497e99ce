import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** Public data sets that are too large, or not ours, to ship. A file is `<set>/<file>` below this folder. */
const folder =
  process.env.TRIBUTARY_TEST_DATA ?? fileURLToPath(new URL("../../../shared/data/", import.meta.url));

const REAL_DATA = {
  banking77Train: "banking77/train.csv",
  banking77Test: "banking77/test.csv",
  optdigitsTrain: "optdigits/optdigits.tra",
  optdigitsTest: "optdigits/optdigits.tes",
  clinc150: "clinc150/data_full.json",
} as const;

export type RealDataFile = keyof typeof REAL_DATA;

/** The path of a file that `testOnRealData` has found. */
export const realData = (file: RealDataFile): string => join(folder, REAL_DATA[file]);

/** A test that needs public data sets; where they are absent it is skipped, and the reason names them. */
export function testOnRealData(
  name: string,
  files: readonly RealDataFile[],
  run: () => void | Promise<void>,
): void {
  const absent = files.filter((file) => !existsSync(realData(file))).map((file) => REAL_DATA[file]);
  const skip = absent.length > 0 && `set TRIBUTARY_TEST_DATA to a folder with ${absent.join(", ")}`;
  test(name, { skip }, run);
}
