import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { TributaryError } from "./errors.ts";
import type { Hex } from "./statement.ts";
import { writeSynced } from "./synced-file.ts";

/** The station that owns an artifact, as it appears in error codes. */
export type ArtifactStation = "DATANET" | "MODEL" | "SKETCH" | "ATTRIBUTION";

/** A folder of binary files and a manifest.json that says what they are and binds them by SHA-256. */
export interface Artifact<T> {
  /** Such as `tributary-base`. */
  readonly format: string;
  readonly body: T;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

const MANIFEST = "manifest.json";
const VERSION = 1;

const envelope = z.strictObject({
  format: z.string(),
  version: z.literal(VERSION),
  body: z.unknown(),
  files: z.record(z.string().regex(/^[a-z0-9.-]+$/), z.strictObject({ bytes: z.int(), sha256: z.string() })),
});

export const sha256 = (bytes: Uint8Array | string): Hex =>
  `0x${createHash("sha256").update(bytes).digest("hex")}`;

function manifestText<T>({ format, body, files }: Artifact<T>): string {
  const list = Object.entries(files).map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: sha256(bytes) },
  ]);
  return `${JSON.stringify({ format, version: VERSION, body, files: Object.fromEntries(list) }, null, 1)}\n`;
}

/** SHA-256 of the manifest's text: binds the body and every file. */
export const artifactDigest = <T>(artifact: Artifact<T>): Hex => sha256(manifestText(artifact));

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

/**
 * Writes an artifact as a folder, whole or not at all: into a temporary folder beside it, which is renamed.
 * A folder that was there is replaced. Node's own file system errors pass through.
 *
 * @param mode of each file; 0o600 where they are secret
 */
export function writeArtifact<T>(folder: string, artifact: Artifact<T>, mode = 0o644): void {
  const aside = (kind: string): string =>
    join(dirname(folder), `.${basename(folder)}.${process.pid}.${randomBytes(4).toString("hex")}.${kind}`);
  const draft = aside("new");
  const old = aside("old");
  recover(folder);
  try {
    mkdirSync(draft, { recursive: true });
    for (const [name, bytes] of Object.entries(artifact.files)) writeSynced(join(draft, name), bytes, mode);
    writeSynced(join(draft, MANIFEST), manifestText(artifact), mode);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(draft, folder);
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
    throw error;
  }
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
  const refuse = (cause: "MISSING" | "MALFORMED" | "DIGEST", path: string, why: string): TributaryError =>
    new TributaryError(`TRB_${station}_FILE_${cause}`, `This is not a usable ${format} folder.`, {
      details: `${path}: ${why}`,
      hint: "It was never finished, or changed afterwards: make it again with the command that wrote it.",
    });
  const read = (name: string): Buffer => {
    const path = join(folder, name);
    try {
      return readFileSync(path);
    } catch (error) {
      throw refuse("MISSING", path, (error as Error).message);
    }
  };

  recover(folder);
  const text = read(MANIFEST);
  const path = join(folder, MANIFEST);
  let json: unknown;
  try {
    json = JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw refuse("MALFORMED", path, (error as Error).message);
  }
  const outer = envelope.safeParse(json);
  if (!outer.success) throw refuse("MALFORMED", path, z.prettifyError(outer.error));
  if (outer.data.format !== format) throw refuse("MALFORMED", path, `its format is ${outer.data.format}`);
  const body = schema.safeParse(outer.data.body);
  if (!body.success) throw refuse("MALFORMED", path, z.prettifyError(body.error));

  const files: Record<string, Uint8Array> = {};
  for (const [name, expected] of Object.entries(outer.data.files)) {
    const bytes = read(name);
    if (sha256(bytes) !== expected.sha256) {
      throw refuse("DIGEST", join(folder, name), `its SHA-256 is not the manifest's ${expected.sha256}`);
    }
    files[name] = bytes;
  }
  return { format, body: body.data, files, digest: sha256(text) };
}
