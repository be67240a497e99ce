import type { OnProgress } from "../../core/progress.ts";
import type { OpenDataNet } from "../../datanet/folder.ts";
import type { Features } from "../../datanet/types.ts";
import { withSpill } from "../../files/disk.ts";
import type { SpillFile } from "../../files/spill-file.ts";
import { bytesOf } from "../../files/typed-bytes.ts";
import type { NumberRows } from "../../model/built-in.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** Rows that are read, written or encoded together. */
const PART = 2048;

/** Things of a stream in lists of so many. */
export function* inParts<T>(items: Iterable<T>, size = PART): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    if (part.push(item) < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** Rows of a DataNet that may be gone through more than once, which a base's scaling needs. */
export interface TrainingRows {
  readonly length: number;
  /** Indices into the DataNet's labels. */
  readonly labels: Uint32Array;
  /** Features in the order of the rows. */
  parts(): Iterable<readonly Features[]>;
  /** The same one by one, where they are numbers. */
  numbers(): NumberRows;
}

/** Rows of numbers that are in a spill file, one after another. */
function* rowsOfPart(part: Uint8Array<ArrayBuffer>, width: number): Generator<Float64Array> {
  const values = new Float64Array(part.buffer, part.byteOffset, part.byteLength / 8);
  for (let at = 0; at < values.length; at += width) yield values.subarray(at, at + width);
}

/**
 * Reads the rows of a DataNet once, against its roots, and hands them to some work that goes through them again: numbers wait in a
 * file without a name, texts in memory.
 *
 * @throws TRB_DATANET_FILE_*, TRB_DATANET_ROOT_MISMATCH, TRB_FILE_DISK_FULL
 */
export function withTrainingRows<T>(
  workspace: Workspace,
  { body, rows }: OpenDataNet,
  onProgress: OnProgress,
  work: (rows: TrainingRows) => Promise<T>,
): Promise<T> {
  return withSpill(workspace.dir, (spill) => {
    const { labels, texts } = readAll({ body, rows }, spill, onProgress);
    const width = body.dimension ?? 0;
    function* numbers(): Generator<Float64Array> {
      for (const part of spill.parts(8 * width * PART)) yield* rowsOfPart(part, width);
    }
    return work({
      length: labels.length,
      labels,
      parts: () => inParts<Features>(body.kind === "text" ? texts : numbers()),
      numbers: () => ({ length: labels.length, [Symbol.iterator]: numbers }),
    });
  });
}

function readAll(
  { body, rows }: Pick<OpenDataNet, "body" | "rows">,
  spill: SpillFile,
  onProgress: OnProgress,
): { readonly labels: Uint32Array; readonly texts: readonly string[] } {
  const total = body.versions.at(-1)!.rows;
  const labels = new Uint32Array(total);
  const texts: string[] = [];
  const batch = new Float64Array((body.dimension ?? 0) * PART);
  let done = 0;
  for (const part of inParts(rows())) {
    let at = 0;
    for (const { features, label } of part) {
      labels[done++] = label;
      if (typeof features === "string") texts.push(features);
      else {
        batch.set(features, at);
        at += features.length;
      }
    }
    spill.append(bytesOf(batch.subarray(0, at)));
    onProgress({ stage: "read the rows", done, total });
  }
  return { labels, texts };
}
