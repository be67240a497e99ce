import type { OnProgress } from "../core/progress.ts";
import type { Manifest } from "./manifest.ts";
import type { Features } from "./types.ts";

/** Rows that are encoded at a time: a file of a million rows is longer than the longest string. */
const CHUNK = 1024;

/**
 * The member of a row's JSON object that is its features. JavaScript writes the shortest decimal that reads back as the same
 * float64, so numbers survive bit for bit.
 */
export const featuresJson = (value: Features): string =>
  typeof value === "string" ? `"text":${JSON.stringify(value)}` : `"features":[${value.join(",")}]`;

/** Lines of rows.jsonl: names instead of indices, so that the file can be read, and imported, by itself. */
export function rowLines({ labels, contributors }: Pick<Manifest, "labels" | "contributors">) {
  const label = labels.map((name) => JSON.stringify(name));
  const contributor = contributors.map((name) => JSON.stringify(name));
  return {
    /** @param features see `featuresJson` */
    row: (features: string, at: number, position: number, line: number, version: number): string =>
      `{${features},"label":${label[at]},"contributor":${contributor[position]},"line":${line},"version":${version}}\n`,
    heldOut: (features: string, at: number, line: number): string =>
      `{${features},"label":${label[at]},"line":${line}}\n`,
  };
}

/** Lines as the parts of a file. @param total of lines, for stage `write` of the progress */
export function* encodeLines(lines: Iterable<string>, total = 0, onProgress?: OnProgress): Generator<Buffer> {
  let chunk: string[] = [];
  let done = 0;
  for (const line of lines) {
    if (chunk.push(line) < CHUNK) continue;
    yield Buffer.from(chunk.join(""));
    done += CHUNK;
    chunk = [];
    onProgress?.({ stage: "write", done, total });
  }
  if (chunk.length > 0) yield Buffer.from(chunk.join(""));
}
