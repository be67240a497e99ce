import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { isAlive } from "../core/alive.ts";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { parseJson } from "../core/json.ts";
import { MAX_TEXT_BYTES, readBounded } from "./bounded.ts";
import { noteDraft } from "./drafts.ts";
import { fileParts, type Parts, writeSynced } from "./synced-file.ts";

/** The station that owns an artifact, as it appears in error codes. */
export type ArtifactStation = "DATANET" | "MODEL" | "SKETCH" | "ATTRIBUTION";

/** A folder of binary files and a manifest.json that says what they are and binds them by SHA-256. */
export interface Artifact<T> {
  /** Such as `tributary-base`. */
  readonly format: string;
  readonly body: T;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** An artifact to be written, of which large files may come in parts. */
export type ArtifactDraft<T> = Omit<Artifact<T>, "files"> & {
  readonly files: Readonly<Record<string, Uint8Array | Parts>>;
};

const MANIFEST = "manifest.json";
const VERSION = 1;

const envelope = z.strictObject({
  format: z.string(),
  version: z.literal(VERSION),
  body: z.unknown(),
  files: z.record(
    z.string().regex(/^[a-z0-9.-]+$/),
    z.strictObject({ bytes: z.int().min(0), sha256: z.string() }),
  ),
});

export const sha256 = (bytes: Uint8Array | string): Hex =>
  `0x${createHash("sha256").update(bytes).digest("hex")}`;

/** A file as the manifest lists it. */
interface Listed {
  readonly bytes: number;
  readonly sha256: string;
}

/** SHA-256 and length of what comes in parts. */
function listed(parts: Parts): Listed {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const part of parts) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: `0x${hash.digest("hex")}` };
}

const manifestText = (format: string, body: unknown, files: Readonly<Record<string, Listed>>): string =>
  `${JSON.stringify({ format, version: VERSION, body, files }, null, 1)}\n`;

/** SHA-256 of the manifest's text: binds the body and every file. */
export function artifactDigest<T>({ format, body, files }: Artifact<T>): Hex {
  const list = Object.entries(files).map(([name, bytes]) => [name, listed([bytes])]);
  return sha256(manifestText(format, body, Object.fromEntries(list)));
}

/**
 * A folder cannot be renamed over another one, so replacing takes two renames. A process that was killed between
 * them left the old folder aside: it is put back.
 */
function recover(folder: string): void {
  const parent = dirname(folder);
  if (existsSync(folder) || !existsSync(parent)) return;
  const prefix = `.${basename(folder)}.`;
  const old = readdirSync(parent).find((name) => name.startsWith(prefix) && name.endsWith(".old"));
  if (old !== undefined) renameSync(join(parent, old), folder);
}

/** Removes drafts of processes that were killed while they wrote this folder: of a large DataNet that is half a gigabyte. */
function removeDrafts(folder: string): void {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid =
      name.startsWith(prefix) && name.endsWith(".new") ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    if (pid > 0 && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** Writes a file of a draft, hashing it on the way: parts are not kept, and may be made only once. */
function writePart(path: string, content: Uint8Array | Parts, mode: number): Listed {
  const hash = createHash("sha256");
  let bytes = 0;
  function* counted(parts: Parts): Generator<Uint8Array> {
    for (const part of parts) {
      hash.update(part);
      bytes += part.length;
      yield part;
    }
  }
  writeSynced(path, counted(content instanceof Uint8Array ? [content] : content), mode);
  return { bytes, sha256: `0x${hash.digest("hex")}` };
}

/**
 * Writes an artifact as a folder, whole or not at all: into a temporary folder beside it, which is renamed.
 * A folder that was there is replaced. Node's own file system errors pass through.
 *
 * @param mode of each file; 0o600 where they are secret
 */
export function writeArtifact<T>(
  folder: string,
  { format, body, files }: ArtifactDraft<T>,
  mode = 0o644,
): void {
  const aside = (kind: string): string =>
    join(dirname(folder), `.${basename(folder)}.${process.pid}.${randomBytes(4).toString("hex")}.${kind}`);
  const draft = aside("new");
  const old = aside("old");
  recover(folder);
  removeDrafts(folder);
  noteDraft(draft, true);
  try {
    mkdirSync(draft, { recursive: true });
    const list = Object.entries(files).map(([name, content]): [string, Listed] => [
      name,
      writePart(join(draft, name), content, mode),
    ]);
    writeSynced(join(draft, MANIFEST), manifestText(format, body, Object.fromEntries(list)), mode);
    // Before it takes the folder's place: a process whose work nobody waits for any more ends here.
    noteDraft(draft, false);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(draft, folder);
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    noteDraft(draft, false);
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
    throw error;
  }
}

/** An artifact whose manifest was read and whose files were not yet. */
export interface OpenArtifact<T> {
  readonly format: string;
  readonly body: T;
  /** Of the manifest. */
  readonly digest: Hex;
  readonly names: readonly string[];
  /** The bytes of a file; undefined where the manifest lists none of that name. @throws as `readArtifact` */
  read(name: string): Uint8Array | undefined;
  /** Where a file is and how long, after it was hashed part by part: for what is too large to be read at once. Throws as `read`. */
  check(name: string): { readonly path: string; readonly bytes: number } | undefined;
}

/**
 * Reads an artifact's manifest and checks its shape.
 *
 * @throws TRB_<STATION>_FILE_MISSING, TRB_<STATION>_FILE_MALFORMED
 */
export function openArtifact<T>(
  folder: string,
  format: string,
  schema: z.ZodType<T>,
  station: ArtifactStation,
): OpenArtifact<T> {
  const refuse = (cause: "MISSING" | "MALFORMED" | "DIGEST", path: string, why: string): TributaryError =>
    new TributaryError(`TRB_${station}_FILE_${cause}`, `This is not a usable ${format} folder.`, {
      details: `${path}: ${why}`,
      hint: "It was never finished, is of another version, or was changed afterwards: make it again with the command that wrote it.",
    });
  const orMissing = <U>(path: string, read: () => U): U => {
    try {
      return read();
    } catch (error) {
      // A pipe, or more bytes than are listed: something else was put there.
      const changed = error instanceof TributaryError;
      throw refuse(changed ? "DIGEST" : "MISSING", path, (error as Error).message);
    }
  };

  recover(folder);
  const path = join(folder, MANIFEST);
  const text = orMissing(path, () => readBounded(path, MAX_TEXT_BYTES));
  let json: unknown;
  try {
    json = parseJson(text.toString("utf8"));
  } catch (error) {
    throw refuse("MALFORMED", path, (error as Error).message);
  }
  const outer = envelope.safeParse(json);
  if (!outer.success) throw refuse("MALFORMED", path, z.prettifyError(outer.error));
  if (outer.data.format !== format) throw refuse("MALFORMED", path, `its format is ${outer.data.format}`);
  const body = schema.safeParse(outer.data.body);
  if (!body.success) throw refuse("MALFORMED", path, z.prettifyError(body.error));

  const { files } = outer.data;
  const compare = (file: string, name: string, found: string): void => {
    if (found === files[name]!.sha256) return;
    throw refuse("DIGEST", file, `its SHA-256 is not the manifest's ${files[name]!.sha256}`);
  };
  return {
    format,
    body: body.data,
    digest: sha256(text),
    names: Object.keys(files),
    read: (name) => {
      if (files[name] === undefined) return undefined;
      const file = join(folder, name);
      const bytes = orMissing(file, () => readBounded(file, files[name]!.bytes));
      compare(file, name, sha256(bytes));
      return bytes;
    },
    check: (name) => {
      if (files[name] === undefined) return undefined;
      const file = join(folder, name);
      const found = orMissing(file, () => listed(fileParts(file)));
      compare(file, name, found.sha256);
      return { path: file, bytes: found.bytes };
    },
  };
}

/**
 * Reads an artifact and checks its shape and its files' digests.
 *
 * @returns the artifact, and the digest of its manifest
 * @throws TRB_<STATION>_FILE_MISSING, TRB_<STATION>_FILE_MALFORMED, TRB_<STATION>_FILE_DIGEST
 */
export function readArtifact<T>(
  folder: string,
  format: string,
  schema: z.ZodType<T>,
  station: ArtifactStation,
): Artifact<T> & { readonly digest: Hex } {
  const { body, digest, names, read } = openArtifact(folder, format, schema, station);
  const files = Object.fromEntries(names.map((name) => [name, read(name)!]));
  return { format, body, files, digest };
}
