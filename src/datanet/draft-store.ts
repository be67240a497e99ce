import type { OnProgress } from "../core/progress.ts";
import { type RowsBefore, rowsBefore } from "./append.ts";
import type { DataNetDraft } from "./draft-types.ts";
import { linesOfHeldOut, linesOfRows, openDataNet, requireOwn, writeLines } from "./folder.ts";
import type { Manifest } from "./manifest.ts";
import { rowLines } from "./row-lines.ts";
import type { HeldOutRow } from "./types.ts";

function* draftLines({ body, rows }: DataNetDraft<string>): Generator<string> {
  const lines = rowLines(body);
  const version = body.versions.length;
  let i = 0;
  for (const features of rows.features()) {
    yield lines.row(features, rows.labels[i]!, rows.positions[i]!, rows.lines[i]!, version);
    i++;
  }
}

function* draftHeldOutLines({ body, heldOut }: DataNetDraft<string>): Generator<string> {
  const lines = rowLines(body);
  let i = 0;
  for (const features of heldOut.features()) {
    yield lines.heldOut(features, heldOut.labels[i]!, heldOut.lines[i]!);
    i++;
  }
}

/** Writes a first version whose features are `featuresJson`. As `writeDataNet`. */
export function writeFirst(folder: string, draft: DataNetDraft<string>, onProgress?: OnProgress): void {
  requireOwn(folder, draft.body);
  writeLines(folder, draft.body, draftLines(draft), draftHeldOutLines(draft), onProgress);
}

/**
 * What a next version has to know of the DataNet in a folder, and how many rows it holds out.
 *
 * @param check looks at the DataNet before its rows are read, and throws where it does not like it
 * @throws as `readDataNet`
 */
export function readBefore(
  folder: string,
  check: (body: Manifest) => void,
): { readonly body: Manifest; readonly before: RowsBefore; readonly heldOut: number } {
  const { body, rows, heldOut } = openDataNet(folder);
  check(body);
  let count = 0;
  function* counted(): Generator<HeldOutRow> {
    for (const row of heldOut()) {
      count++;
      yield row;
    }
  }
  const before = rowsBefore(body, rows(), counted());
  return { body, before, heldOut: count };
}

/**
 * Writes the version that follows the one in a folder in its place; rows and held-out rows that are there are read again, and held
 * against their roots again, as they are copied.
 *
 * @param draft features are `featuresJson`
 * @throws TRB_DATANET_FOLDER_TAKEN where the folder holds another version than the one before, and as `readDataNet`
 */
export function writeNext(folder: string, draft: DataNetDraft<string>, onProgress?: OnProgress): void {
  const { body } = draft;
  requireOwn(folder, { versions: body.versions.slice(-2, -1) });
  const { rows, heldOut } = openDataNet(folder);
  function* lines(): Generator<string> {
    yield* linesOfRows(body, rows());
    yield* draftLines(draft);
  }
  writeLines(folder, body, lines(), linesOfHeldOut(body, heldOut()), onProgress);
}
