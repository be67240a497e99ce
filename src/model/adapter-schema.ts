import { z } from "zod";

const digest = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const part = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("half"), of: z.int().positive(), drawn: digest }),
  z.strictObject({ kind: z.literal("checkpoint"), epoch: z.int().positive() }),
]);
const report = z.strictObject({
  rows: z.int(),
  ridge: z.number().nonnegative(),
  tried: z.array(
    z.strictObject({
      ridge: z.number(),
      loss: z.number(),
      accuracy: z.number(),
      standardError: z.number(),
      certain: z.int(),
    }),
  ),
  folds: z.strictObject({ of: z.int(), used: z.int() }),
  validationRows: z.int(),
  validationAccuracy: z.number(),
  majorityAccuracy: z.number(),
  iterations: z.int(),
  decrement: z.number(),
  seed: z.int(),
  part: part.optional(),
});
const schedule = z.strictObject({
  epochs: z.int().positive(),
  batch: z.int().positive(),
  rate: z.number().positive(),
});
const size = z.int().positive();
/** Names become file names. */
const layerName = z.string().regex(/^[a-z0-9.]+$/);

const linear = z.strictObject({
  kind: z.literal("linear"),
  labels: z.array(z.string()).min(2),
  width: size,
  base: digest,
  datanet: z.strictObject({ root: digest, version: z.int() }),
  report,
});
const mlp = z
  .strictObject({
    ...linear.shape,
    kind: z.literal("mlp"),
    layers: z.array(z.strictObject({ name: layerName, inputs: size, outputs: size })).min(2),
    schedule,
  })
  .refine(
    ({ layers, width, labels }) =>
      layers.every(({ inputs }, at) => inputs === (at === 0 ? width : layers[at - 1]!.outputs)) &&
      layers.at(-1)!.outputs === labels.length,
    "the layers do not follow on one another",
  );
const lora = z.strictObject({
  ...linear.shape,
  kind: z.literal("lora"),
  rank: size,
  scale: z.number().positive(),
  pairs: z.array(z.strictObject({ name: layerName, target: z.string(), inputs: size, outputs: size })).min(1),
  schedule,
});

/** What an adapter's manifest says, by kind. */
export const adapterBody = z.discriminatedUnion("kind", [linear, mlp, lora]);
export type AdapterBody = z.infer<typeof adapterBody>;
