import { resolve } from "node:path";
import { TributaryError } from "../core/errors.ts";
import { SpilledLines } from "../datanet/spilled-lines.ts";
import type { BadRow } from "../datanet/types.ts";
import type { SpillFile } from "../files/spill-file.ts";
import { writeFileWhole } from "../files/whole-file.ts";

/** What became of rows that could not be taken. */
export interface Skipped {
  readonly count: number;
  /** Null where nobody asked for the rows to be passed over. */
  readonly file: string | null;
}

/**
 * Does work on rows; those that are wrong go into a file, one JSON object a line, while the work goes on. The file is written whole when the
 * rows were read, also where the work failed after that, and also where no row was wrong: it never speaks of another import.
 *
 * @param path undefined: rows that are wrong end the work
 * @param sources files that must not be overwritten
 * @throws TRB_FILE_WRITE; TRB_IMPORT_FILE_TAKEN where the path is that of a source
 */
export async function passingOverBadRows<T>(
  path: string | undefined,
  sources: readonly string[],
  open: () => SpillFile,
  work: (onBadRow: ((row: BadRow) => void) | undefined) => Promise<T>,
): Promise<{ readonly result: T; readonly skipped: Skipped }> {
  if (path === undefined) return { result: await work(undefined), skipped: { count: 0, file: null } };
  if (sources.some((source) => resolve(source) === resolve(path))) {
    throw new TributaryError("TRB_IMPORT_FILE_TAKEN", "The file for bad rows is the file that is read.", {
      details: path,
      hint: "Name another file.",
    });
  }
  const lines = new SpilledLines(open());
  let count = 0;
  try {
    const result = await work((row) => {
      count++;
      lines.add(JSON.stringify(row));
    });
    return { result, skipped: { count, file: path } };
  } finally {
    await writeFileWhole(path, lines.parts());
  }
}
