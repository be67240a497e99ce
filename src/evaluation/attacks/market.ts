import { CLIP_PERCENTILE, MINIMUM_NORM } from "../../attribution/build.ts";
import { type DuplicateRule, duplicateWeights } from "../../attribution/duplicate-weights.ts";
import { indexScale, quantiseIndex } from "../../attribution/quantise-index.ts";
import type { RowWeighting } from "../../attribution/row-weights.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import { nearDuplicates } from "../../datanet/near-duplicates.ts";
import type { Features } from "../../datanet/types.ts";
import { familyOf } from "../../model/family.ts";
import type { Activations, Adapter } from "../../model/types.ts";
import { attributeRows } from "../../operations/attribution/attribute.ts";
import { type FittedMethod, fitMethod } from "../../operations/attribution/fit.ts";
import { gradientsOf, type LabelledRows } from "../../operations/attribution/gradients.ts";
import { DEFAULT_METHOD } from "../../operations/attribution/options.ts";
import { activationsOf } from "../../operations/training/train.ts";
import { sketchRows } from "../../sketch/apply.ts";
import { quantise } from "../../trace/quantise.ts";
import type { Ground, Rows } from "./types.ts";

const NO_ROOT = `0x${"0".repeat(64)}` as const;
/** A model of thousands of rows is compared with another of them: this is far below what that changes. */
const TOLERANCE = 1e-7;
/** The published measure counts a provider's rows among so many of the largest. */
const TOP = 100;

/** What an index does against rows that are made to earn. */
export interface Defences extends RowWeighting {
  readonly nearDuplicates: DuplicateRule;
}

export const NO_DEFENCES: Defences = { nearDuplicates: "off", normalise: "none", rowCap: 100 };
export const DEFAULT_DEFENCES: Defences = {
  nearDuplicates: DEFAULT_METHOD.nearDuplicates,
  normalise: DEFAULT_METHOD.normalise,
  rowCap: DEFAULT_METHOD.rowCap,
};

/** A trained model with what its index and the requests' traces are made from. */
export interface Trained {
  readonly adapter: Adapter;
  readonly rows: Rows;
  readonly labelled: LabelledRows;
  readonly fitted: FittedMethod;
  /** k. */
  readonly width: number;
  /** Q × k. */
  readonly requests: Float64Array;
  /** The first row of each row's cluster of near-duplicates. */
  readonly first: Uint32Array;
}

const dataOf = (ground: Ground, activations: Activations, labels: Uint32Array) => ({
  activations,
  labels,
  names: ground.names,
  base: ground.encoder.base.digest,
  datanet: { root: NO_ROOT, version: 1 },
});

/** Rows as the ground's kind of model reads them. */
export const encode = (
  { encoder, kind }: Pick<Ground, "encoder" | "kind">,
  features: readonly Features[],
): Promise<Activations> => activationsOf(encoder, kind, features);

/** A model of the rows, at the ground's λ. */
export async function fitOn(
  ground: Ground,
  { features, labels }: Pick<Rows, "features" | "labels">,
  { start, rows }: { readonly start?: Adapter | undefined; readonly rows?: Uint32Array | undefined } = {},
): Promise<Adapter> {
  const activations = await encode(ground, features);
  const { ridge, seed } = ground;
  const like = start ?? ground.like;
  return familyOf(ground.kind, ground.encoder.base).fit(dataOf(ground, activations, labels), {
    ridge,
    seed,
    tolerance: TOLERANCE,
    // A warm start saves a convex model time and changes nothing; another model would not be trained from its seed.
    ...(start?.kind === "linear" ? { start } : {}),
    ...(like === undefined ? {} : { like }),
    ...(rows === undefined ? {} : { rows }),
  });
}

/** Trains on the rows, and makes the method's maps and the columns of the requests' traces. */
export async function train(ground: Ground, rows: Rows, start?: Adapter): Promise<Trained> {
  const { width, seed, kind, names } = ground;
  const { first } = nearDuplicates(rows, { similarity: ground.nearSimilarity });
  const trained = ground.trainOn === "first" ? first.filter((row, i) => row === i) : undefined;
  const adapter = await fitOn(ground, rows, { start, rows: trained });
  const { base } = ground.encoder;
  const labelled = {
    adapters: [adapter],
    base,
    activations: await encode(ground, rows.features),
    labels: rows.labels,
  };
  const fitted = fitMethod(labelled, rows.owners, width, ground.method ?? { ...DEFAULT_METHOD, seed });
  const activations = await encode(ground, ground.requests);
  const served = mostLikely(familyOf(kind, base).logProbabilities(adapter, activations), names.length);
  const requests = sketchRows(
    gradientsOf({ adapters: [adapter], base, activations, labels: served }),
    fitted.sketch,
  );
  return { adapter, rows, labelled, fitted, width, requests, first };
}

export function mostLikely(logProbabilities: Float64Array, classes: number): Uint32Array {
  return Uint32Array.from({ length: logProbabilities.length / classes }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (logProbabilities[i * classes + c]! > logProbabilities[i * classes + best]!) best = c;
    }
    return best;
  });
}

/** What a set of positions gets. */
export interface Income {
  /** Mean over the requests of its part of the fee, in [0, 1]: integers u and Φ, positive scores over their sum. */
  readonly share: number;
  /** Its rows among the hundred of the largest |score|, mean over the requests: the measure of arXiv 2409.05657. */
  readonly top: number;
}

/** Pays the requests by an index with the given defences, in the product's integers. */
export function income(
  trained: Trained,
  positions: number,
  attacker: readonly number[],
  defences: Defences,
): Income {
  const { labelled, fitted, width, rows, first, requests } = trained;
  const { nearDuplicates: rule, ...weighting } = defences;
  const used = { ...fitted, record: { ...fitted.record, ...weighting } };
  const weights = duplicateWeights(first, rule);
  const { phi, sums } = attributeRows(labelled, rows.owners, positions, used, undefined, weights);
  const index = { phi: quantiseIndex(sums, indexScale(sums, width, CLIP_PERCENTILE)), positions, width };
  const quantisation = { columnScales: new Float64Array(width).fill(1), minimumNorm: MINIMUM_NORM };
  const asked = requests.length / width;
  const mine = new Set(attacker);
  let [share, top] = [0, 0];
  for (let q = 0; q < asked; q++) {
    const gradient = Float32Array.from(requests.subarray(q * width, (q + 1) * width));
    const { u, scores } = quantise(gradient, quantisation, (x) => scoreTrace(x, index));
    share += positiveShare(scores, mine) / asked;
    top += topRows(u, phi, width, rows.owners, mine) / asked;
  }
  return { share, top };
}

function positiveShare(scores: Int32Array, mine: ReadonlySet<number>): number {
  let [ours, all] = [0, 0];
  scores.forEach((score, c) => {
    if (score <= 0) return;
    all += score;
    if (mine.has(c)) ours += score;
  });
  return all > 0 ? ours / all : 0;
}

function topRows(
  u: Int8Array,
  phi: Float32Array,
  width: number,
  owners: Uint32Array,
  mine: ReadonlySet<number>,
): number {
  const sizes = Float64Array.from(owners, (_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += u[j]! * phi[i * width + j]!;
    return Math.abs(sum);
  });
  const limit = sizes.slice().sort().at(-Math.min(TOP, sizes.length))!;
  return owners.reduce((count, owner, i) => count + Number(sizes[i]! >= limit && mine.has(owner)), 0);
}
