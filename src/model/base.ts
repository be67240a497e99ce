import { z } from "zod";
import { type Artifact, artifactDigest, readArtifact, writeArtifact } from "../files/artifact.ts";
import type { Base } from "./types.ts";

const FORMAT = "tributary-base";
const GRAPH = "base.onnx";

const span = z.tuple([z.int().positive(), z.int().positive()]);
const port = z.strictObject({ name: z.string().min(1), width: z.int().positive() });
const bodySchema = z.strictObject({
  preprocessing: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("text"),
      hashing: z.strictObject({
        width: z.int().positive(),
        seed: z.int().min(0).max(0xffffffff),
        words: span,
        characters: span,
      }),
    }),
    z
      .strictObject({
        kind: z.literal("numeric"),
        width: z.int().positive(),
        offset: z.array(z.number()).readonly().optional(),
      })
      .refine(({ width, offset }) => (offset?.length ?? width) === width, "one offset for each number"),
  ]),
  input: port,
  output: port,
});
type Body = z.infer<typeof bodySchema>;

/** The fields are put in one order by the schema, so that equal bases have equal manifests. */
const artifactOf = ({ graph, ...body }: Omit<Base, "digest">): Artifact<Body> => ({
  format: FORMAT,
  body: bodySchema.parse(body),
  files: { [GRAPH]: graph },
});

/** A base with its digest; throws a ZodError where its fields are out of range. */
export const makeBase = (base: Omit<Base, "digest">): Base => ({
  ...base,
  digest: artifactDigest(artifactOf(base)),
});

/** Writes a base into a folder of its own, whole or not at all. */
export const saveBase = (folder: string, { digest: _, ...base }: Base): void =>
  writeArtifact(folder, artifactOf(base));

/** @throws TRB_MODEL_FILE_MISSING, TRB_MODEL_FILE_MALFORMED, TRB_MODEL_FILE_DIGEST */
export function loadBase(folder: string): Base {
  const { body, files, digest } = readArtifact(folder, FORMAT, bodySchema, "MODEL");
  return { ...body, graph: files[GRAPH]!, digest };
}
