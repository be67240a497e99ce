/** The lines of a file that ends with a line feed, a part of the file at a time. What is after the last one is left out. */
export function* linesOf(parts: Iterable<Uint8Array>): Generator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (const part of parts) {
    const bytes = Buffer.concat([rest, part]);
    const end = bytes.lastIndexOf("\n") + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield* bytes.toString("utf8", 0, end - 1).split("\n");
  }
}
