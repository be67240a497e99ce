import { z } from "zod";
import { parseJson } from "../core/json.ts";
import { fileParts } from "../files/synced-file.ts";
import { dataNetError } from "./errors.ts";
import { linesOf } from "./file-lines.ts";
import type { Manifest } from "./manifest.ts";
import { rowDigest, rowLeaf } from "./row-hash.ts";
import type { Features, HeldOutRow } from "./types.ts";

const count = z.int().min(1);
const heldOutSchema = z.strictObject({
  text: z.string().optional(),
  features: z.array(z.number()).optional(),
  label: z.string(),
  line: count,
});
const rowSchema = heldOutSchema.extend({ contributor: z.string(), version: count });

type HeldOutLine = z.infer<typeof heldOutSchema>;
type RowLine = z.infer<typeof rowSchema>;

function* decode<T extends HeldOutLine, U>(
  parts: Iterable<Uint8Array>,
  schema: z.ZodType<T>,
  keys: number,
  path: string,
  manifest: Manifest,
  make: (row: T, features: Features, label: number) => U | null,
): Generator<U> {
  const labels = new Map(manifest.labels.map((label, i) => [label, i]));
  let number = 0;
  for (const line of linesOf(parts)) {
    number++;
    const refuse = (why: string): Error =>
      dataNetError("FILE_MALFORMED", "The DataNet's rows cannot be read.", {
        details: `${path}, line ${number}: ${why}`,
        hint: "It was changed by hand: import the data again.",
      });
    let json: unknown;
    try {
      json = parseJson(line);
    } catch (error) {
      throw refuse((error as Error).message);
    }
    if (!plain(json, keys)) {
      const parsed = schema.safeParse(json);
      if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
    }
    const row = json as T;
    const value = manifest.kind === "text" ? row.text : row.features && new Float64Array(row.features);
    const label = labels.get(row.label);
    const fits = typeof value === "string" || value?.length === manifest.dimension;
    const made = value === undefined || label === undefined || !fits ? null : make(row, value, label);
    if (made === null) throw refuse("its label, contributor or features are not of the manifest's");
    yield made;
  }
}

/**
 * Whether a line's object surely is one of the schema: the same rules, without the copy of every number that a schema's parser
 * makes. What is not surely one is given to the schema, which finds the words for it.
 */
function plain(json: unknown, keys: number): boolean {
  if (typeof json !== "object" || json === null || Object.keys(json).length !== keys) return false;
  const { text, features: numbers, label, line, contributor = "", version = 1 } = json as Partial<RowLine>;
  const content =
    (numbers === undefined && typeof text === "string") ||
    (text === undefined && Array.isArray(numbers) && numbers.every(Number.isFinite));
  const named = typeof label === "string" && typeof contributor === "string";
  return content && named && isCount(line) && isCount(version);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;

/** A row as its file has it, with its leaf. */
export interface FileRow extends HeldOutRow {
  readonly position: number;
  readonly version: number;
  /** 32 bytes. */
  readonly leaf: Uint8Array;
}

/** The rows of rows.jsonl, one by one: memory does not grow with the file. @throws TRB_DATANET_FILE_MALFORMED */
export function decodeRows(path: string, manifest: Manifest): Generator<FileRow> {
  const positions = new Map(manifest.contributors.map((name, i) => [name, i]));
  return decode(fileParts(path), rowSchema, 5, path, manifest, (row, value, label) => {
    const position = positions.get(row.contributor);
    if (position === undefined) return null;
    const leaf = rowLeaf(rowDigest(value, row.label), position);
    return { leaf, features: value, label, position, line: row.line, version: row.version };
  });
}

/** The rows of held-out.jsonl, one by one. @throws TRB_DATANET_FILE_MALFORMED */
export const decodeHeldOut = (path: string, manifest: Manifest): Generator<HeldOutRow> =>
  decode(fileParts(path), heldOutSchema, 3, path, manifest, (row, value, label) => ({
    features: value,
    label,
    line: row.line,
  }));
