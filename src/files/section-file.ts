import { closeSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { TributaryError } from "../core/errors.ts";
import { openRegular } from "./bounded.ts";

/** The binary container of circom and snarkjs (r1cs, ptau, zkey): numbered sections one after another. */
export interface SectionFile {
  readonly path: string;
  has(section: number): boolean;
  /** The section's size in bytes. */
  size(section: number): number;
  /** `length` bytes of a section from `offset`; all of it by default. */
  read(section: number, offset?: number, length?: number): Promise<Buffer>;
  close(): Promise<void>;
}

const HEADER_BYTES = 12;
const SECTION_HEADER_BYTES = 12;
const MAX_SECTIONS = 64;

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    // One read call takes at most 2 GiB.
    const { bytesRead } = await handle.read(bytes, at, Math.min(length - at, 2 ** 30), position + at);
    if (bytesRead === 0) throw new RangeError(`the file ends before byte ${position + length}`);
    at += bytesRead;
  }
  return bytes;
}

async function readTable(handle: FileHandle, magic: string): Promise<Map<number, [number, number]>> {
  const total = (await handle.stat()).size;
  const header = await readExactly(handle, 0, HEADER_BYTES);
  if (header.toString("latin1", 0, 4) !== magic) throw new RangeError(`it does not begin with "${magic}"`);
  const count = header.readUInt32LE(8);
  if (count > MAX_SECTIONS) throw new RangeError(`${count} sections`);
  const table = new Map<number, [number, number]>();
  let position = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    const head = await readExactly(handle, position, SECTION_HEADER_BYTES);
    const size = Number(head.readBigUInt64LE(4));
    position += SECTION_HEADER_BYTES;
    if (position + size > total) throw new RangeError(`section ${head.readUInt32LE(0)} is cut off`);
    table.set(head.readUInt32LE(0), [position, size]);
    position += size;
  }
  return table;
}

/**
 * Opens a file of sections and reads its table.
 *
 * @param magic its first four characters: `r1cs`, `ptau` or `zkey`
 * @throws TRB_FILE_MISSING, TRB_FILE_NOT_A_FILE, and TRB_FILE_CORRUPT for another kind of file or one that is cut off
 */
export async function openSectionFile(path: string, magic: string): Promise<SectionFile> {
  const corrupt = (cause: unknown): TributaryError =>
    new TributaryError("TRB_FILE_CORRUPT", `this is not a whole ${magic} file`, {
      cause,
      details: `${path}: ${(cause as Error).message}`,
      hint: "Delete it and run `make setup`.",
    });
  let handle: FileHandle;
  try {
    // Of a pipe, opening would wait for a writer.
    closeSync(openRegular(path).descriptor);
    handle = await open(path);
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    throw new TributaryError("TRB_FILE_MISSING", `a ${magic} file is missing`, {
      cause,
      details: path,
      hint: "Run `make setup`.",
    });
  }
  let table: Map<number, [number, number]>;
  try {
    table = await readTable(handle, magic);
  } catch (cause) {
    await handle.close();
    throw corrupt(cause);
  }
  const place = (section: number): [number, number] => {
    const found = table.get(section);
    if (!found) throw corrupt(new RangeError(`section ${section} is missing`));
    return found;
  };
  return {
    path,
    has: (section) => table.has(section),
    size: (section) => place(section)[1],
    async read(section, offset = 0, length = place(section)[1] - offset) {
      const [position, size] = place(section);
      if (offset + length > size) {
        throw corrupt(new RangeError(`section ${section} has ${size} bytes, fewer than ${offset + length}`));
      }
      return readExactly(handle, position + offset, length);
    },
    close: () => handle.close(),
  };
}
