import { existsSync } from "node:fs";
import { join } from "node:path";
import { openArtifact, writeArtifact } from "../core/artifact.ts";
import { dataNetError } from "./errors.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { decodeHeldOut, decodeRows, encodeHeldOut, encodeRows, type FileRow } from "./row-files.ts";
import { type RowTable, tableOf } from "./row-table.ts";
import { toHex } from "./rows.ts";
import type { DataNet, HeldOutRow } from "./types.ts";
import { VersionRoots } from "./version-roots.ts";

const FORMAT = "tributary-datanet";
const ROWS = "rows.jsonl";
const HELD_OUT = "held-out.jsonl";

const open = (folder: string) => openArtifact(folder, FORMAT, manifestSchema, "DATANET");
type Opened = ReturnType<typeof open>;

/** The rows, one by one, held against the versions' roots: whoever takes all of them has what the roots commit to. */
function* checkedRows(folder: string, { body, check }: Opened): Generator<FileRow> {
  const roots = new VersionRoots(folder, body);
  const file = check(ROWS);
  for (const row of file === undefined ? [] : decodeRows(file.path, body)) {
    roots.add(row);
    yield row;
  }
  roots.end();
}

/**
 * Reads a DataNet and computes its leaves and roots anew.
 *
 * @throws TRB_DATANET_FILE_MISSING, TRB_DATANET_FILE_MALFORMED, TRB_DATANET_FILE_DIGEST, TRB_DATANET_ROOT_MISMATCH
 */
export function readDataNet(folder: string): DataNet {
  const opened = open(folder);
  const { body } = opened;
  const last = body.versions.at(-1)!;
  const rows = Array.from(checkedRows(folder, opened), ({ leaf, ...row }) => ({ leaf: toHex(leaf), ...row }));
  return { ...body, rows, root: last.root, version: last.number };
}

/** A DataNet without its rows, and the rows in columns: what an index needs, in little more memory than the numbers. */
export interface DataNetTable extends Omit<DataNet, "rows"> {
  readonly table: RowTable;
}

/** As `readDataNet`, with the rows in columns. */
export function readDataNetTable(folder: string): DataNetTable {
  const opened = open(folder);
  const { body } = opened;
  const last = body.versions.at(-1)!;
  const table = tableOf(checkedRows(folder, opened), body);
  return { ...body, table, root: last.root, version: last.number };
}

/** The rows that were held out at import; empty where there are none. @throws as `readDataNet` */
export function readHeldOut(folder: string): HeldOutRow[] {
  const { body, check } = open(folder);
  const file = check(HELD_OUT);
  return file === undefined ? [] : decodeHeldOut(file.path, body);
}

/**
 * Writes a DataNet as a folder (manifest.json, rows.jsonl, held-out.jsonl), whole or not at all. A folder that holds an
 * older version of it, or the same, is replaced.
 *
 * @param heldOut default: those that the folder has
 * @throws TRB_DATANET_FOLDER_TAKEN where the folder holds another DataNet
 */
export function writeDataNet(folder: string, datanet: DataNet, heldOut?: readonly HeldOutRow[]): void {
  const exists = existsSync(join(folder, "manifest.json"));
  if (exists) {
    const there = open(folder).body;
    const root = there.versions.at(-1)!.root;
    if (!datanet.versions.some((version) => version.root === root)) {
      throw dataNetError("FOLDER_TAKEN", "The folder holds another DataNet, or a newer version.", {
        details: `${folder}: ${there.name}, root ${root}`,
        hint: "Choose another folder, add a version to the DataNet that is there, or remove it first.",
      });
    }
  }
  const { rows: _rows, root: _root, version: _version, ...body } = datanet;
  const kept = heldOut ?? (exists ? readHeldOut(folder) : []);
  writeArtifact<Manifest>(folder, {
    format: FORMAT,
    body,
    files: { [ROWS]: encodeRows(datanet), [HELD_OUT]: encodeHeldOut(datanet, kept) },
  });
}
