import { TributaryError } from "../core/errors.ts";
import { type Artifact, artifactDigest, readArtifact, writeArtifact } from "../files/artifact.ts";
import { bytesOf, float32Of } from "../files/typed-bytes.ts";
import { type AdapterBody, adapterBody } from "./adapter-schema.ts";
import type { HeadParameters } from "./softmax.ts";
import type { TrainingData } from "./training-data.ts";
import type { Adapter, LinearAdapter, TrainingReport } from "./types.ts";

const FORMAT = "tributary-adapter";

type Undigested<A> = A extends Adapter ? Omit<A, "digest"> : never;

/** Numbers of an adapter and the files that they are kept in. */
function filesOf(adapter: Undigested<Adapter>): Record<string, Float32Array> {
  if (adapter.kind === "mlp") {
    return Object.fromEntries(
      adapter.layers.flatMap(({ name, weights, bias }) => [
        [`${name}.weights.f32`, weights],
        [`${name}.bias.f32`, bias],
      ]),
    );
  }
  const head = { "weights.f32": adapter.weights, "bias.f32": adapter.bias };
  if (adapter.kind === "linear") return head;
  const pairs = adapter.pairs.flatMap(({ name, a, b }) => [
    [`${name}.a.f32`, a],
    [`${name}.b.f32`, b],
  ]);
  return { ...head, ...Object.fromEntries(pairs) };
}

/** What of an adapter the manifest says: all but its numbers. */
function bodyOf(adapter: Undigested<Adapter>): unknown {
  if (adapter.kind === "mlp") {
    return { ...adapter, layers: adapter.layers.map(({ weights: _, bias: __, ...layer }) => layer) };
  }
  const { weights: _, bias: __, ...rest } = adapter;
  if (rest.kind === "linear") return rest;
  return { ...rest, pairs: rest.pairs.map(({ a: ___, b: ____, ...pair }) => pair) };
}

/** The fields are put in one order by the schema, so that equal adapters have equal manifests. */
const artifactOf = (adapter: Undigested<Adapter>): Artifact<AdapterBody> => ({
  format: FORMAT,
  body: adapterBody.parse(bodyOf(adapter)),
  files: Object.fromEntries(
    Object.entries(filesOf(adapter)).map(([name, values]) => [name, bytesOf(values)]),
  ),
});

/** An adapter with its digest. */
export const withDigest = <A extends Undigested<Adapter>>(adapter: A): A & Pick<Adapter, "digest"> => ({
  ...adapter,
  digest: artifactDigest(artifactOf(adapter)),
});

/** The same model with another report, and so another digest. */
export function withReport<A extends Adapter>(adapter: A, report: TrainingReport): A {
  const { digest: _, ...rest } = adapter;
  return withDigest({ ...rest, report } as unknown as Undigested<Adapter>) as unknown as A;
}

/** A head of training, in float64, as W row-major and b, rounded to the float32 that serving uses. */
export function headTensors(
  head: HeadParameters,
  width: number,
  classes: number,
): Pick<LinearAdapter, "weights" | "bias"> {
  const weights = new Float32Array(classes * width);
  for (let j = 0; j < width; j++)
    for (let c = 0; c < classes; c++) weights[c * width + j] = head[j * classes + c]!;
  return { weights, bias: Float32Array.from(head.subarray(width * classes)) };
}

/** The linear adapter of trained parameters. */
export function linearAdapter(
  { activations, names, base, datanet }: TrainingData,
  head: HeadParameters,
  report: TrainingReport,
): LinearAdapter {
  const { width } = activations;
  const tensors = headTensors(head, width, names.length);
  return withDigest({ kind: "linear", labels: [...names], width, ...tensors, base, datanet, report });
}

/** An adapter's softmax head as training and attribution hold it, in float64. */
export function headOf({
  weights,
  bias,
  width,
  labels,
}: Pick<LinearAdapter, "weights" | "bias" | "width" | "labels">): HeadParameters {
  const classes = labels.length;
  const head: HeadParameters = new Float64Array((width + 1) * classes);
  for (let j = 0; j < width; j++)
    for (let c = 0; c < classes; c++) head[j * classes + c] = weights[c * width + j]!;
  head.set(bias, width * classes);
  return head;
}

/** Numbers that an adapter's parameters consist of. */
export const parametersIn = (adapter: Adapter): number =>
  Object.values(filesOf(adapter)).reduce((sum, { length }) => sum + length, 0);

/** Writes an adapter into a folder of its own, whole or not at all. */
export const saveAdapter = (folder: string, { digest: _, ...adapter }: Adapter): void =>
  writeArtifact(folder, artifactOf(adapter));

/** @throws TRB_MODEL_FILE_MISSING, TRB_MODEL_FILE_MALFORMED, TRB_MODEL_FILE_DIGEST */
export function loadAdapter(folder: string): Adapter {
  const { body, files, digest } = readArtifact(folder, FORMAT, adapterBody, "MODEL");
  const read = (name: string, length: number): Float32Array => {
    const values = float32Of(files[name] ?? new Uint8Array());
    if (values.length === length) return values;
    throw new TributaryError("TRB_MODEL_FILE_MALFORMED", "The adapter's parameters do not have its shape.", {
      details: `${name}: ${values.length} numbers, not ${length}`,
      hint: "Train the adapter again.",
    });
  };
  if (body.kind === "mlp") {
    const layers = body.layers.map((layer) => ({
      ...layer,
      weights: read(`${layer.name}.weights.f32`, layer.inputs * layer.outputs),
      bias: read(`${layer.name}.bias.f32`, layer.outputs),
    }));
    return { ...body, layers, digest };
  }
  const head = {
    weights: read("weights.f32", body.width * body.labels.length),
    bias: read("bias.f32", body.labels.length),
  };
  if (body.kind === "linear") return { ...body, ...head, digest };
  const pairs = body.pairs.map((pair) => ({
    ...pair,
    a: read(`${pair.name}.a.f32`, body.rank * pair.inputs),
    b: read(`${pair.name}.b.f32`, body.rank * pair.outputs),
  }));
  return { ...body, ...head, pairs, digest };
}
