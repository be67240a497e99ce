import { z } from "zod";
import { type Artifact, artifactDigest, readArtifact, writeArtifact } from "../core/artifact.ts";
import { TributaryError } from "../core/errors.ts";
import { bytesOf, float32Of } from "../core/typed-bytes.ts";
import { evaluateHead } from "./evaluate.ts";
import type { Examples } from "./example-chunk.ts";
import type { HeadParameters } from "./softmax.ts";
import type { TrainingData } from "./train.ts";
import type { Adapter, LinearAdapter, TrainingReport } from "./types.ts";

const FORMAT = "tributary-adapter";
const WEIGHTS = "weights.f32";
const BIAS = "bias.f32";

const digest = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const bodySchema = z.strictObject({
  kind: z.literal("linear"),
  labels: z.array(z.string()).min(2),
  width: z.int().positive(),
  base: digest,
  datanet: z.strictObject({ root: digest, version: z.int() }),
  report: z.strictObject({
    rows: z.int(),
    ridge: z.number().nonnegative(),
    tried: z.array(z.strictObject({ ridge: z.number(), loss: z.number(), accuracy: z.number() })),
    validationRows: z.int(),
    validationAccuracy: z.number(),
    majorityAccuracy: z.number(),
    iterations: z.int(),
    decrement: z.number(),
    seed: z.int(),
  }),
});
type Body = z.infer<typeof bodySchema>;

/** The fields are put in one order by the schema, so that equal adapters have equal manifests. */
const artifactOf = ({ weights, bias, ...body }: Omit<LinearAdapter, "digest">): Artifact<Body> => ({
  format: FORMAT,
  body: bodySchema.parse(body),
  files: { [WEIGHTS]: bytesOf(weights), [BIAS]: bytesOf(bias) },
});

/** The adapter of trained parameters, rounded to the float32 that serving uses. */
export function linearAdapter(
  data: TrainingData,
  head: HeadParameters,
  report: TrainingReport,
): LinearAdapter {
  const width = data.activations.width;
  const classes = data.names.length;
  const weights = new Float32Array(classes * width);
  for (let j = 0; j < width; j++)
    for (let c = 0; c < classes; c++) weights[c * width + j] = head[j * classes + c]!;
  const { base, datanet } = data;
  const bias = Float32Array.from(head.subarray(width * classes));
  const adapter = {
    kind: "linear",
    labels: [...data.names],
    width,
    weights,
    bias,
    base,
    datanet,
    report,
  } as const;
  return { ...adapter, digest: artifactDigest(artifactOf(adapter)) };
}

/** An adapter's parameters as training and attribution hold them, in float64. */
export function headOf({ weights, bias, width, labels }: Adapter): HeadParameters {
  const classes = labels.length;
  const head: HeadParameters = new Float64Array((width + 1) * classes);
  for (let j = 0; j < width; j++)
    for (let c = 0; c < classes; c++) head[j * classes + c] = weights[c * width + j]!;
  head.set(bias, width * classes);
  return head;
}

/** Mean loss and accuracy of an adapter on rows of known labels, such as those that a DataNet held out. */
export const evaluateAdapter = (
  adapter: Adapter,
  { activations, labels }: Pick<Examples, "activations" | "labels">,
): { loss: number; accuracy: number } =>
  evaluateHead(
    { activations, labels, classes: adapter.labels.length, rows: Uint32Array.from(labels, (_, i) => i) },
    headOf(adapter),
  );

/** Writes an adapter into a folder of its own, whole or not at all. */
export const saveAdapter = (folder: string, { digest: _, ...adapter }: Adapter): void =>
  writeArtifact(folder, artifactOf(adapter));

/** @throws TRB_MODEL_FILE_MISSING, TRB_MODEL_FILE_MALFORMED, TRB_MODEL_FILE_DIGEST */
export function loadAdapter(folder: string): Adapter {
  const { body, files, digest } = readArtifact(folder, FORMAT, bodySchema, "MODEL");
  const weights = float32Of(files[WEIGHTS] ?? new Uint8Array());
  const bias = float32Of(files[BIAS] ?? new Uint8Array());
  if (weights.length !== body.width * body.labels.length || bias.length !== body.labels.length) {
    throw new TributaryError("TRB_MODEL_FILE_MALFORMED", "The adapter's parameters do not have its shape.", {
      details: `${weights.length} weights and ${bias.length} biases for ${body.labels.length} × ${body.width}`,
      hint: "Train the adapter again.",
    });
  }
  return { ...body, weights, bias, digest };
}
