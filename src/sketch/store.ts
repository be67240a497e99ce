import { z } from "zod";
import { type Artifact, artifactDigest, readArtifact, writeArtifact } from "../core/artifact.ts";
import { TributaryError } from "../core/errors.ts";
import { bytesOf, float32Of } from "../core/typed-bytes.ts";
import type { Sketch } from "./types.ts";

const FORMAT = "tributary-sketch";
const INPUT = "input.f32";
const OUTPUT = "output.f32";

const shape = z.strictObject({ rows: z.int().positive(), columns: z.int().positive() });
const bodySchema = z.strictObject({
  method: z.enum(["pca", "random"]),
  seed: z.int().min(0),
  width: z.int().positive(),
  input: shape,
  output: shape,
  inputOf: z.array(z.int().min(0)),
  outputOf: z.array(z.int().min(0)),
  adapter: z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]),
});
type Body = z.infer<typeof bodySchema>;

/** The fields are put in one order by the schema, so that equal sketches have equal manifests. */
const artifactOf = ({ input, output, ...rest }: Omit<Sketch, "digest">): Artifact<Body> => ({
  format: FORMAT,
  body: bodySchema.parse({
    ...rest,
    input: { rows: input.rows, columns: input.columns },
    output: { rows: output.rows, columns: output.columns },
  }),
  files: { [INPUT]: bytesOf(input.values), [OUTPUT]: bytesOf(output.values) },
});

export const makeSketch = (sketch: Omit<Sketch, "digest">): Sketch => ({
  ...sketch,
  digest: artifactDigest(artifactOf(sketch)),
});

/** Writes a sketch into a folder of its own, whole or not at all. */
export const saveSketch = (folder: string, { digest: _, ...sketch }: Sketch): void =>
  writeArtifact(folder, artifactOf(sketch));

/** @throws TRB_SKETCH_FILE_MISSING, TRB_SKETCH_FILE_MALFORMED, TRB_SKETCH_FILE_DIGEST */
export function loadSketch(folder: string): Sketch {
  const { body, files, digest } = readArtifact(folder, FORMAT, bodySchema, "SKETCH");
  const refuse = (details: string): TributaryError =>
    new TributaryError("TRB_SKETCH_FILE_MALFORMED", "The sketch's parts do not fit together.", {
      details,
      hint: "Build the index again.",
    });
  const matrix = (name: string, { rows, columns }: z.infer<typeof shape>): Sketch["input"] => {
    const values = float32Of(files[name] ?? new Uint8Array());
    if (values.length !== rows * columns)
      throw refuse(`${name}: ${values.length} numbers for ${rows} × ${columns}`);
    return { rows, columns, values };
  };
  const { inputOf, outputOf, width } = body;
  const columnsFit =
    inputOf.length === outputOf.length &&
    inputOf.length <= width &&
    inputOf.every((row) => row < body.input.rows) &&
    outputOf.every((row) => row < body.output.rows);
  if (!columnsFit) throw refuse("inputOf or outputOf");
  return { ...body, input: matrix(INPUT, body.input), output: matrix(OUTPUT, body.output), digest };
}
