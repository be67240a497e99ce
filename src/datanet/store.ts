import { bodyOf, linesOfHeldOut, linesOfRows, openDataNet, requireOwn, writeLines } from "./folder.ts";
import { type RowTable, tableOf } from "./row-table.ts";
import { toHex } from "./rows.ts";
import type { DataNet, DataNetBody, HeldOutRow } from "./types.ts";

/**
 * Reads a DataNet and computes its leaves and roots anew.
 *
 * @throws TRB_DATANET_FILE_MISSING, TRB_DATANET_FILE_MALFORMED, TRB_DATANET_FILE_DIGEST, TRB_DATANET_ROOT_MISMATCH
 */
export function readDataNet(folder: string): DataNet {
  const { body, rows } = openDataNet(folder);
  const list = Array.from(rows(), ({ leaf, ...row }) => ({ leaf: toHex(leaf), ...row }));
  return { ...bodyOf(body), rows: list };
}

/** A DataNet without its rows, and the rows in columns: what an index needs, in little more memory than the numbers. */
export interface DataNetTable extends DataNetBody {
  readonly table: RowTable;
}

/** As `readDataNet`, with the rows in columns. */
export function readDataNetTable(folder: string): DataNetTable {
  const { body, rows } = openDataNet(folder);
  return { ...bodyOf(body), table: tableOf(rows(), body) };
}

/** A DataNet without its rows, which were held against its roots all the same. Throws as `readDataNet`. */
export function readDataNetBody(folder: string): DataNetBody {
  const { body, rows } = openDataNet(folder);
  for (const _ of rows());
  return bodyOf(body);
}

/** The rows that were held out at import; empty where there are none. @throws as `readDataNet` */
export const readHeldOut = (folder: string): HeldOutRow[] => [...openDataNet(folder).heldOut()];

/**
 * Writes a DataNet as a folder (manifest.json, rows.jsonl, held-out.jsonl), whole or not at all. A folder that holds an
 * older version of it, or the same, is replaced.
 *
 * @param heldOut default: those that the folder has
 * @throws TRB_DATANET_FOLDER_TAKEN where the folder holds another DataNet
 */
export function writeDataNet(folder: string, datanet: DataNet, heldOut?: readonly HeldOutRow[]): void {
  const { rows, root: _root, version: _version, ...body } = datanet;
  const there = requireOwn(folder, body);
  const kept = heldOut ?? (there === undefined ? [] : there.heldOut());
  writeLines(folder, body, linesOfRows(body, rows), linesOfHeldOut(body, kept));
}
