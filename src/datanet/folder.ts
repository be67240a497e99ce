import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OnProgress } from "../core/progress.ts";
import { openArtifact, writeArtifact } from "../files/artifact.ts";
import { dataNetError } from "./errors.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { decodeHeldOut, decodeRows, type FileRow } from "./row-files.ts";
import { encodeLines, featuresJson, rowLines } from "./row-lines.ts";
import type { DataNetBody, HeldOutRow, Row } from "./types.ts";
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

function heldOutOf({ body, check }: Opened): Iterable<HeldOutRow> {
  const file = check(HELD_OUT);
  return file === undefined ? [] : decodeHeldOut(file.path, body);
}

export const bodyOf = (body: Manifest): DataNetBody => {
  const { root, number } = body.versions.at(-1)!;
  return { ...body, root, version: number };
};

/** A DataNet whose rows are read when they are asked for, one by one: memory does not grow with them. */
export interface OpenDataNet {
  readonly body: Manifest;
  /** All rows, held against every version's root when the last one has come. @throws as `readDataNet` */
  rows(): Iterable<FileRow>;
  /** @throws as `readDataNet` */
  heldOut(): Iterable<HeldOutRow>;
}

/** @throws TRB_DATANET_FILE_MISSING, TRB_DATANET_FILE_MALFORMED */
export function openDataNet(folder: string): OpenDataNet {
  const opened = open(folder);
  return {
    body: opened.body,
    rows: () => checkedRows(folder, opened),
    heldOut: () => heldOutOf(opened),
  };
}

/**
 * Whether a DataNet may stand in a folder: one that holds an older version of it, or the same, or nothing.
 *
 * @returns what the folder holds
 * @throws TRB_DATANET_FOLDER_TAKEN where the folder holds another DataNet
 */
export function requireOwn(
  folder: string,
  { versions }: Pick<Manifest, "versions">,
): OpenDataNet | undefined {
  if (!existsSync(join(folder, "manifest.json"))) return undefined;
  const opened = openDataNet(folder);
  const { body: there } = opened;
  const { root } = there.versions.at(-1)!;
  if (versions.some((version) => version.root === root)) return opened;
  throw dataNetError("FOLDER_TAKEN", "The folder holds another DataNet, or a newer version.", {
    details: `${folder}: ${there.name}, root ${root}`,
    hint: "Choose another folder, add a version to the DataNet that is there, or remove it first.",
  });
}

export function* linesOfRows(body: Manifest, rows: Iterable<Omit<Row, "leaf">>): Generator<string> {
  const lines = rowLines(body);
  for (const { features, label, position, line, version } of rows) {
    yield lines.row(featuresJson(features), label, position, line, version);
  }
}

export function* linesOfHeldOut(body: Manifest, rows: Iterable<HeldOutRow>): Generator<string> {
  const lines = rowLines(body);
  for (const { features, label, line } of rows) yield lines.heldOut(featuresJson(features), label, line);
}

/** Writes the folder whole or not at all: see writeArtifact. */
export function writeLines(
  folder: string,
  body: Manifest,
  rows: Iterable<string>,
  heldOut: Iterable<string>,
  onProgress?: OnProgress,
): void {
  const total = body.versions.at(-1)!.rows;
  writeArtifact<Manifest>(folder, {
    format: FORMAT,
    body,
    files: { [ROWS]: encodeLines(rows, total, onProgress), [HELD_OUT]: encodeLines(heldOut) },
  });
}
