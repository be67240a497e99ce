/** Models of each kind with their indexes, whose traces are made on several machines. */
import { integersOf } from "../../src/attribution/build.ts";
import type { Features } from "../../src/datanet/types.ts";
import { makeBase } from "../../src/model/base.ts";
import { familyOf } from "../../src/model/family.ts";
import { exportBase } from "../../src/model/mlp/export.ts";
import { openBase } from "../../src/model/session.ts";
import type { Adapter, Base } from "../../src/model/types.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { attributeRows } from "../../src/operations/attribution/attribute.ts";
import { fitMethod } from "../../src/operations/attribution/fit.ts";
import { DEFAULT_METHOD } from "../../src/operations/attribution/options.ts";
import { TIERS } from "../../src/params/tiers.ts";
import type { Sketch } from "../../src/sketch/types.ts";
import { dealSkewed, type Source } from "../sources.ts";

export interface Subject {
  readonly name: string;
  readonly base: Base;
  readonly adapter: Adapter;
  readonly sketch: Sketch;
  /** Φ. */
  readonly index: { readonly phi: Int8Array; readonly positions: number; readonly width: number };
  readonly requests: readonly Features[];
}

const RIDGE = 1e-3;
const { width } = TIERS.small;

/** Trains a model on the source's rows and builds its index. */
async function subject(
  name: string,
  source: Source,
  { kind, base }: { readonly kind: Adapter["kind"]; readonly base: Base },
  requests: readonly Features[],
): Promise<Subject> {
  const { training, names, positions } = source;
  const open = await openBase(base);
  const family = familyOf(kind, base);
  const activations =
    family.reads === "input" ? open.inputs(training.features) : await open.encode(training.features);
  await open.close();
  const labels = Uint32Array.from(training.labels);
  const datanet = { root: `0x${"0".repeat(64)}`, version: 1 } as const;
  const adapter = family.fit(
    { activations, labels, names, base: base.digest, datanet },
    { seed: 1, ridge: RIDGE },
  );
  const labelled = { adapters: [adapter], activations, labels, base };
  const owners = dealSkewed(training.labels, names.length, positions);
  const fitted = fitMethod(labelled, owners, width, DEFAULT_METHOD);
  const { sums } = attributeRows(labelled, owners, positions, fitted);
  const { phi } = integersOf(sums, width);
  return { name, base, adapter, sketch: fitted.sketch, index: { phi, positions, width }, requests };
}

/** A head, a perceptron, and low-rank pairs in a base that was made of the perceptron unless the base is frozen. */
export async function* subjectsOf(name: string, source: Source, count: number): AsyncGenerator<Subject> {
  const { features } = source.test;
  const asked = seededRandom(1).permutation(features.length).slice(0, count);
  const requests = Array.from(asked, (i) => features[i]!);
  const { base } = source;
  yield subject(`${name}, head`, source, { kind: "linear", base }, requests);
  const mlp = await subject(`${name}, perceptron`, source, { kind: "mlp", base }, requests);
  yield mlp;
  if (source.frozen === true) return;
  if (mlp.adapter.kind !== "mlp") throw new TypeError(mlp.adapter.kind);
  const trained = makeBase({ preprocessing: base.preprocessing, ...exportBase(base, mlp.adapter) });
  yield subject(`${name}, LoRA`, source, { kind: "lora", base: trained }, requests);
}
