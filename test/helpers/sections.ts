/** A section of one of circom's and snarkjs's binary files: where its 12-byte head begins and its contents end. */
export interface SectionPlace {
  readonly id: number;
  readonly head: number;
  readonly end: number;
}

/** The sections of a whole file, in its order. */
export function sectionPlaces(file: Buffer): SectionPlace[] {
  const places: SectionPlace[] = [];
  for (let head = 12; head < file.length; ) {
    const end = head + 12 + Number(file.readBigUInt64LE(head + 4));
    places.push({ id: file.readUInt32LE(head), head, end });
    head = end;
  }
  return places;
}

/** A copy of a file with some of its bytes changed. @param change is given the contents of a section */
export function withSection(file: Buffer, id: number, change: (contents: Buffer) => void): Buffer {
  const copy = Buffer.from(file);
  const { head, end } = sectionPlaces(copy).find((place) => place.id === id)!;
  change(copy.subarray(head + 12, end));
  return copy;
}
