import { existsSync } from "node:fs";
import { join } from "node:path";
import { readArtifact, writeArtifact } from "../core/artifact.ts";
import { dataNetError } from "./errors.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { decodeHeldOut, decodeRows, encodeHeldOut, encodeRows } from "./row-files.ts";
import { rowsRoot } from "./rows.ts";
import type { DataNet, HeldOutRow } from "./types.ts";

const FORMAT = "tributary-datanet";
const ROWS = "rows.jsonl";
const HELD_OUT = "held-out.jsonl";

const read = (folder: string) => readArtifact(folder, FORMAT, manifestSchema, "DATANET");

const damaged = (folder: string, details: string): Error =>
  dataNetError("ROOT_MISMATCH", "The folder's rows are not those that its versions commit to.", {
    details: `${folder}: ${details}`,
    hint: "It was changed by hand: import the data again.",
  });

/** Every version's root, from the rows: a version is a prefix of them. */
function checkVersions(folder: string, { versions, contributors, capacity, rows }: DataNet): void {
  versions.forEach(({ number, root, rows: count, parent, contributors: taken }, i) => {
    const before = versions[i - 1];
    const own = rows.slice(before?.rows ?? 0, count);
    const chained = number === i + 1 && parent === (before?.root ?? null) && own.length > 0;
    const owned = own.every(({ version, position }) => version === number && position < taken);
    if (!chained || !owned || count > rows.length) throw damaged(folder, `version ${number} does not follow`);
    if (rowsRoot(rows.slice(0, count)) !== root) throw damaged(folder, `version ${number} has another root`);
  });
  const last = versions.at(-1)!;
  if (
    last.rows !== rows.length ||
    last.contributors !== contributors.length ||
    contributors.length > capacity
  ) {
    throw damaged(folder, "the newest version counts other rows or contributors");
  }
}

/**
 * Reads a DataNet and computes its leaves and roots anew.
 *
 * @throws TRB_DATANET_FILE_MISSING, TRB_DATANET_FILE_MALFORMED, TRB_DATANET_FILE_DIGEST, TRB_DATANET_ROOT_MISMATCH
 */
export function readDataNet(folder: string): DataNet {
  const { body, files } = read(folder);
  const last = body.versions.at(-1)!;
  const rows = decodeRows(files[ROWS] ?? new Uint8Array(), body, join(folder, ROWS));
  const datanet: DataNet = { ...body, rows, root: last.root, version: last.number };
  checkVersions(folder, datanet);
  return datanet;
}

/** The rows that were held out at import; empty where there are none. @throws as `readDataNet` */
export function readHeldOut(folder: string): HeldOutRow[] {
  const { body, files } = read(folder);
  return decodeHeldOut(files[HELD_OUT] ?? new Uint8Array(), body, join(folder, HELD_OUT));
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
    const there = read(folder).body;
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
