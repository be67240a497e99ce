import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainFileError } from "./disk.ts";
import { noteDraft } from "./drafts.ts";

/**
 * Lends a new folder that its owner alone can read, and removes it with all that is in it, also where the command is interrupted.
 *
 * @throws TRB_FILE_DISK_FULL, TRB_FILE_ACCESS
 */
export async function withTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  noteDraft(folder, true);
  try {
    return await work(folder);
  } catch (error) {
    throw explainFileError(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    noteDraft(folder, false);
  }
}
