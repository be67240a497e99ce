import { open } from "node:fs/promises";
import { writeAside } from "./aside.ts";

export interface Section {
  readonly id: number;
  readonly content: readonly Uint8Array[];
}

/**
 * Writes a file whole or not at all: beside its place, synced, then renamed over it. A process
 * killed half way leaves the old file, or none, under the name.
 *
 * @param parts the contents, in order
 */
export const writeFileWhole = (path: string, parts: Iterable<Uint8Array>): Promise<void> =>
  writeAside(
    path,
    async (temporary) => {
      const handle = await open(temporary, "wx");
      try {
        for (const part of parts) await handle.writeFile(part);
      } finally {
        await handle.close();
      }
    },
    true,
  );

function* containerParts(
  magic: string,
  version: number,
  sections: readonly Section[],
): Generator<Uint8Array> {
  const header = Buffer.alloc(12);
  header.write(magic, "latin1");
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(sections.length, 8);
  yield header;
  for (const { id, content } of sections) {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(id);
    head.writeBigUInt64LE(BigInt(content.reduce((sum, part) => sum + part.length, 0)), 4);
    yield head;
    yield* content;
  }
}

/** Writes the container that `openSectionFile` reads, whole or not at all. */
export const writeSectionFile = (
  path: string,
  magic: string,
  version: number,
  sections: readonly Section[],
): Promise<void> => writeFileWhole(path, containerParts(magic, version, sections));
