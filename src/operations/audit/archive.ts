import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { TributaryError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { bytes32, decimalBelow } from "../../crypto/codecs.ts";
import { R } from "../../crypto/field.ts";
import { writeAside } from "../../files/aside.ts";
import { openRegular } from "../../files/bounded.ts";
import { SECRET } from "../../files/disk.ts";
import { fileParts } from "../../files/synced-file.ts";
import { paramsDigest } from "../../params/digest.ts";

/*
 * An audit file is one line of JSON, which names and binds some files, and then their bytes one after another. It comes from the
 * one who is audited: nothing is written outside of a new folder, no name is taken that this program does not itself give to such
 * a file, and no byte is used whose digest the first line does not have.
 */

/** A first line names a few dozen files, and three for each batch. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;
const MAX_FILES = 100_000;
const PART = 2 ** 22;
const LINE_FEED = 10;

/** What a workspace's own files are called, below the folders that an audit needs: no segment begins with a point. */
const NAME =
  /^(datanet|model\/[1-9]\d*\/(base|adapter|members\/[1-9]\d*)|index\/[1-9]\d*\/(index|sketch))\/[a-z0-9][a-z0-9.-]*$|^model\/[1-9]\d*\/evaluation\.json$|^index\/[1-9]\d*\/commitment\.json$|^(batches\/\d+-\d+(\.statement)?|(traces|proofs)\/\d+-\d+)\.json$/;

const schema = z.strictObject({
  format: z.literal("tributary-audit"),
  version: z.literal(1),
  paramsDigest: bytes32,
  /** Of the chain that the index is registered on. */
  chainId: decimalBelow(1n << 64n),
  indexId: decimalBelow(R),
  /** Number of the index in the files' names. */
  index: z.int().positive(),
  /** INDEX-NUMBER each. */
  batches: z.array(z.string().regex(/^\d{1,78}-\d{1,78}$/)).max(MAX_FILES),
  files: z
    .array(z.strictObject({ name: z.string().max(200).regex(NAME), bytes: z.int().min(0), sha256: bytes32 }))
    .max(MAX_FILES),
});

type Header = z.output<typeof schema>;

/** What an audit file says that it is about. */
export type ArchiveAbout = Pick<Header, "chainId" | "indexId" | "index" | "batches">;

const refuse = (path: string, why: string, cause?: unknown): TributaryError =>
  new TributaryError("TRB_AUDIT_FILE", "This is not a whole audit file.", {
    details: `${path}: ${why}`,
    hint: "It was cut short or changed: ask for it again. Its maker writes it with: tributary audit export",
    cause,
  });

function listed(path: string): { readonly bytes: number; readonly sha256: `0x${string}` } {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const part of fileParts(path)) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: `0x${hash.digest("hex")}` };
}

/**
 * Writes an audit file, whole or not at all and readable by its owner only.
 *
 * @param entries names in the file, and where their contents are
 * @throws TRB_FILE_EXISTS, TRB_AUDIT_FILE where a file was written to meanwhile
 */
export async function writeArchive(
  out: string,
  { chainId, indexId, ...about }: ArchiveAbout,
  entries: readonly { readonly name: string; readonly path: string }[],
): Promise<{ readonly bytes: number }> {
  const files = entries.map(({ name, path }) => ({ name, ...listed(path) }));
  const header: z.input<typeof schema> = {
    format: "tributary-audit",
    version: 1,
    paramsDigest: paramsDigest(),
    chainId: chainId.toString(),
    indexId: indexId.toString(),
    ...about,
    files,
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  const write = async (temporary: string): Promise<void> => {
    const handle = openSync(temporary, "wx", SECRET);
    try {
      writeAll(handle, line);
      for (const [i, { path }] of entries.entries()) {
        const hash = createHash("sha256");
        for (const part of fileParts(path)) {
          hash.update(part);
          writeAll(handle, part);
        }
        if (`0x${hash.digest("hex")}` !== files[i]!.sha256) throw refuse(path, "it was changed meanwhile");
      }
    } finally {
      closeSync(handle);
    }
  };
  await writeAside(out, write, false);
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, line.length) };
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

/** The first line's bytes, without its line feed. */
function firstLine(path: string, descriptor: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length <= MAX_HEADER_BYTES; ) {
    const part = Buffer.alloc(2 ** 16);
    const count = readSync(descriptor, part, 0, part.length, length);
    const end = part.subarray(0, count).indexOf(LINE_FEED);
    parts.push(part.subarray(0, end < 0 ? count : end));
    if (end >= 0) return Buffer.concat(parts);
    if (count === 0) break;
    length += count;
  }
  throw refuse(path, "it has no first line");
}

function headerOf(path: string, line: Buffer, size: number): Header {
  let json: unknown;
  try {
    json = parseJson(line.toString("utf8"));
  } catch (cause) {
    throw refuse(path, (cause as Error).message, cause);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw refuse(path, z.prettifyError(parsed.error).slice(0, 1000));
  const header = parsed.data;
  if (header.paramsDigest !== paramsDigest()) throw refuse(path, "it is of other protocol parameters");
  if (new Set(header.files.map(({ name }) => name)).size !== header.files.length)
    throw refuse(path, "a name is there twice");
  if (!header.batches.every((name) => name.startsWith(`${header.indexId}-`)))
    throw refuse(path, "a batch of another index");
  const numbered = header.files.filter(({ name }) => /^(model|index)\//.test(name));
  if (!numbered.every(({ name }) => name.split("/")[1] === String(header.index)))
    throw refuse(path, "a model or an index of another number");
  const total = header.files.reduce((sum, { bytes }) => sum + bytes, line.length + 1);
  if (total !== size) throw refuse(path, `${size} bytes, its first line names ${total}`);
  return header;
}

/**
 * Writes the files of an audit file into a folder that is empty.
 *
 * @throws TRB_AUDIT_FILE, TRB_FILE_NOT_A_FILE; Node's own errors
 */
export function extractArchive(path: string, folder: string): ArchiveAbout {
  const { descriptor, size } = openRegular(path);
  try {
    const line = firstLine(path, descriptor);
    const { files, ...header } = headerOf(path, line, size);
    let position = line.length + 1;
    for (const { name, bytes, sha256 } of files) {
      const target = join(folder, name);
      mkdirSync(dirname(target), { recursive: true });
      if (copy(descriptor, position, bytes, target) !== sha256)
        throw refuse(path, `${name} has not the digest that the first line says`);
      position += bytes;
    }
    return header;
  } finally {
    closeSync(descriptor);
  }
}

/** @returns the SHA-256 of what was copied */
function copy(descriptor: number, from: number, bytes: number, target: string): string {
  const hash = createHash("sha256");
  const handle = openSync(target, "wx", SECRET);
  try {
    const part = Buffer.alloc(Math.min(PART, bytes));
    for (let done = 0; done < bytes; ) {
      const count = readSync(descriptor, part, 0, Math.min(part.length, bytes - done), from + done);
      if (count === 0) break;
      hash.update(part.subarray(0, count));
      writeAll(handle, part.subarray(0, count));
      done += count;
    }
  } finally {
    closeSync(handle);
  }
  return `0x${hash.digest("hex")}`;
}
