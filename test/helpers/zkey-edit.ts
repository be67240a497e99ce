import { openSectionFile } from "../../src/files/section-file.ts";
import { writeSectionFile } from "../../src/files/section-writer.ts";

/** The ten sections of a snarkjs `.zkey` file, in the order of the file that snarkjs writes. */
const SECTIONS = [1, 2, 4, 3, 9, 8, 5, 6, 7, 10];

/** Copies a key with one section changed: what somebody who tampers with it does. */
export async function editKey(
  from: string,
  to: string,
  section: number,
  change: (content: Buffer) => Uint8Array,
): Promise<void> {
  const file = await openSectionFile(from, "zkey");
  try {
    const sections = [];
    for (const id of SECTIONS) {
      const content = await file.read(id);
      sections.push({ id, content: [id === section ? change(content) : content] });
    }
    await writeSectionFile(to, "zkey", 1, sections);
  } finally {
    await file.close();
  }
}

const HEAD_BYTES = 68;
/** Four points (three of G1, one of G2), a hash, the kind, and the parameters' length. */
const FIXED_BYTES = 3 * 64 + 128 + 64 + 4 + 4;

/** The contributions section without its entry `dropped`, as if it had never been there. */
export function withoutContribution(section: Buffer, dropped: number): Buffer {
  const entries: Buffer[] = [];
  for (let at = HEAD_BYTES; at < section.length; ) {
    const end = at + FIXED_BYTES + section.readUInt32LE(at + FIXED_BYTES - 4);
    entries.push(section.subarray(at, end));
    at = end;
  }
  const head = Buffer.from(section.subarray(0, HEAD_BYTES));
  head.writeUInt32LE(entries.length - 1, HEAD_BYTES - 4);
  return Buffer.concat([head, ...entries.toSpliced(dropped, 1)]);
}

/** Exchanges two points of a list. */
export function swapped(points: Buffer, i: number, j: number, bytes = 64): Buffer {
  const out = Buffer.from(points);
  points.copy(out, i * bytes, j * bytes, (j + 1) * bytes);
  points.copy(out, j * bytes, i * bytes, (i + 1) * bytes);
  return out;
}
