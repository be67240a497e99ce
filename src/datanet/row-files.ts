import { z } from "zod";
import { dataNetError } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import { rowDigest, rowLeaf } from "./row-hash.ts";
import { toHex } from "./rows.ts";
import type { DataNet, Features, HeldOutRow, Row } from "./types.ts";

const count = z.int().min(1);
const heldOutSchema = z.strictObject({
  text: z.string().optional(),
  features: z.array(z.number()).optional(),
  label: z.string(),
  line: count,
});
const rowSchema = heldOutSchema.extend({ contributor: z.string(), version: count });

/** JavaScript writes the shortest decimal that reads back as the same float64, so numbers survive bit for bit. */
const features = (value: Features) =>
  typeof value === "string" ? { text: value } : { features: [...value] };

const encode = (objects: readonly object[]): Buffer =>
  Buffer.from(objects.map((object) => `${JSON.stringify(object)}\n`).join(""));

/** rows.jsonl: names instead of indices, so that the file can be read, and imported, by itself. */
export const encodeRows = ({ rows, labels, contributors }: DataNet): Buffer =>
  encode(
    rows.map((row) => ({
      ...features(row.features),
      label: labels[row.label],
      contributor: contributors[row.position],
      line: row.line,
      version: row.version,
    })),
  );

/** held-out.jsonl, as `encodeRows`. */
export const encodeHeldOut = ({ labels }: DataNet, rows: readonly HeldOutRow[]): Buffer =>
  encode(rows.map((row) => ({ ...features(row.features), label: labels[row.label], line: row.line })));

function decode<T extends z.infer<typeof heldOutSchema>, U>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  path: string,
  manifest: Manifest,
  make: (row: T, features: Features, label: number) => U | null,
): U[] {
  const lines = Buffer.from(bytes).toString("utf8").split("\n").slice(0, -1);
  const labels = new Map(manifest.labels.map((label, i) => [label, i]));
  return lines.map((line, i) => {
    const refuse = (why: string): Error =>
      dataNetError("FILE_MALFORMED", "The DataNet's rows cannot be read.", {
        details: `${path}, line ${i + 1}: ${why}`,
        hint: "It was changed by hand: import the data again.",
      });
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (error) {
      throw refuse((error as Error).message);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
    const row = parsed.data;
    const value = manifest.kind === "text" ? row.text : row.features && Float64Array.from(row.features);
    const label = labels.get(row.label);
    const fits = typeof value === "string" || value?.length === manifest.dimension;
    const made = value === undefined || label === undefined || !fits ? null : make(row, value, label);
    if (made === null) throw refuse("its label, contributor or features are not of the manifest's");
    return made;
  });
}

/** @throws TRB_DATANET_FILE_MALFORMED */
export function decodeRows(bytes: Uint8Array, manifest: Manifest, path: string): Row[] {
  const positions = new Map(manifest.contributors.map((name, i) => [name, i]));
  return decode(bytes, rowSchema, path, manifest, (row, value, label) => {
    const position = positions.get(row.contributor);
    if (position === undefined) return null;
    const leaf = toHex(rowLeaf(rowDigest(value, row.label), position));
    return { leaf, features: value, label, position, line: row.line, version: row.version };
  });
}

/** @throws TRB_DATANET_FILE_MALFORMED */
export const decodeHeldOut = (bytes: Uint8Array, manifest: Manifest, path: string): HeldOutRow[] =>
  decode(bytes, heldOutSchema, path, manifest, (row, value, label) => ({
    features: value,
    label,
    line: row.line,
  }));
