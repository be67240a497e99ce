import { writeFileWhole } from "./whole-file.ts";

export interface Section {
  readonly id: number;
  readonly content: readonly Uint8Array[];
}

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
