import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { type Artifact, artifactDigest, readArtifact, writeArtifact } from "../files/artifact.ts";
import { bytesOf, float32Of } from "../files/typed-bytes.ts";
import { columnsOf } from "./columns.ts";
import type { LayerSketch, Matrix, Sketch } from "./types.ts";

const FORMAT = "tributary-sketch";
const MIX = "mix.f32";
const inputFile = (at: number): string => `input-${at}.f32`;
const outputFile = (at: number): string => `output-${at}.f32`;

const shape = z.strictObject({ rows: z.int().positive(), columns: z.int().positive() });
const bodySchema = z.strictObject({
  method: z.enum(["pca", "whitened", "sjlt", "random"]),
  seed: z.int().min(0),
  width: z.int().positive(),
  layers: z
    .array(
      z.strictObject({
        member: z.int().min(0),
        layer: z.string(),
        input: shape,
        output: shape,
        inputOf: z.array(z.int().min(0)),
        outputOf: z.array(z.int().min(0)),
      }),
    )
    .min(1),
  mix: shape.optional(),
  adapters: z.array(z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)])).min(1),
});
type Body = z.infer<typeof bodySchema>;

const shapeOf = ({ rows, columns }: Matrix): z.infer<typeof shape> => ({ rows, columns });

/** The fields are put in one order by the schema, so that equal sketches have equal manifests. */
function artifactOf({ layers, mix, ...rest }: Omit<Sketch, "digest">): Artifact<Body> {
  const files: Record<string, Uint8Array> = {};
  layers.forEach(({ input, output }, at) => {
    files[inputFile(at)] = bytesOf(input.values);
    files[outputFile(at)] = bytesOf(output.values);
  });
  if (mix !== undefined) files[MIX] = bytesOf(mix.values);
  const body = bodySchema.parse({
    ...rest,
    layers: layers.map((one) => ({ ...one, input: shapeOf(one.input), output: shapeOf(one.output) })),
    ...(mix !== undefined && { mix: shapeOf(mix) }),
  });
  return { format: FORMAT, body, files };
}

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
  const matrix = (name: string, { rows, columns }: z.infer<typeof shape>): Matrix => {
    const values = float32Of(files[name] ?? new Uint8Array());
    if (values.length !== rows * columns)
      throw refuse(`${name}: ${values.length} numbers for ${rows} × ${columns}`);
    return { rows, columns, values };
  };
  const layers = body.layers.map((one, at): LayerSketch => {
    const { inputOf, outputOf, member } = one;
    const fits =
      inputOf.length === outputOf.length &&
      inputOf.every((row) => row < one.input.rows) &&
      outputOf.every((row) => row < one.output.rows);
    if (!fits) throw refuse(`layer ${at}: inputOf or outputOf`);
    if (member >= body.adapters.length) throw refuse(`layer ${at} is of member ${member}`);
    const input = matrix(inputFile(at), one.input);
    return { ...one, input, output: matrix(outputFile(at), one.output) };
  });
  const { mix: mixShape, ...rest } = body;
  const sketch = { ...rest, layers, digest };
  const columns = columnsOf(sketch);
  if (mixShape === undefined) {
    if (columns > body.width) throw refuse(`${columns} columns for a width of ${body.width}`);
    return sketch;
  }
  if (mixShape.columns !== columns || mixShape.rows > body.width) throw refuse("mix");
  return { ...sketch, mix: matrix(MIX, mixShape) };
}
