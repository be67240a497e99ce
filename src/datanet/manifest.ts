import { z } from "zod";

const root = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const uint32 = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const count = z.int().min(1);
const names = z
  .array(z.string().min(1))
  .min(1)
  .refine((list) => new Set(list).size === list.length, "a name occurs twice")
  .readonly();

const version = z.strictObject({
  number: count,
  root,
  rows: count,
  contributors: count,
  parent: root.nullable(),
  created: z.iso.datetime(),
});

/** A DataNet without its rows: what its manifest.json holds. */
export const manifestSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(["text", "numeric"]),
  dimension: count.nullable(),
  capacity: count,
  labels: names,
  contributors: names,
  versions: z.array(version).min(1).readonly(),
  dealing: z
    .strictObject({ method: z.literal("dirichlet-1/2-by-label"), contributors: count, seed: uint32 })
    .nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
