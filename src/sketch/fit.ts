import type { Hex } from "../core/hex.ts";
import type { OnProgress } from "../core/progress.ts";
import type { LayerGradients } from "../model/types.ts";
import { gram, multiply } from "../numeric/linear/dense.ts";
import { eigenDecomposition } from "../numeric/linear/eigen.ts";
import { seededRandom } from "../numeric/random.ts";
import type { ModelGradients } from "./apply.ts";
import { principalDirections } from "./principal.ts";
import { multiplyTransposed, projectActivations } from "./project.ts";
import { makeSketch } from "./store.ts";
import type { LayerSketch, Matrix, Sketch } from "./types.ts";

/** Inputs up to this width keep all their principal directions; of wider ones the largest INPUT_CANDIDATES. */
const ALL_INPUTS = 256;
const INPUT_CANDIDATES = 64;
/** Of a layer's outputs, the largest. */
const OUTPUT_CANDIDATES = 128;

/** Energy relative to the largest below which a pair holds rounding only, such as δ along (1, …, 1), which is always 0. */
const NEGLIGIBLE = 1e-12;

export interface SketchOptions {
  /** Columns to make at most. */
  readonly width: number;
  readonly seed: number;
  /** Digests of the adapters, one a member. */
  readonly adapters: readonly Hex[];
  readonly onProgress?: OnProgress;
}

/** Orthonormal directions of one layer's inputs and outputs, and how much gradient there is along each pair. */
interface Directions {
  readonly member: number;
  readonly layer: string;
  /** p × d_in. */
  readonly inputs: Float64Array;
  readonly inputWidth: number;
  /** q × d_out. */
  readonly outputs: Float64Array;
  readonly outputWidth: number;
  /** p × q: the mean over rows of (Σ_t a_t c_t)². */
  readonly energies: Float64Array;
}

interface Pair {
  readonly of: Directions;
  readonly input: number;
  readonly output: number;
  readonly energy: number;
}

/** Rows of a matrix that are in use, in order, and where each of them went. */
function keepRows(
  values: Float64Array,
  columns: number,
  used: readonly number[],
): { kept: Matrix; at: Map<number, number> } {
  const rows = [...new Set(used)].sort((a, b) => a - b);
  const kept = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    kept.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  const at = new Map(rows.map((row, i) => [row, i]));
  return { kept: { rows: rows.length, columns, values: kept }, at };
}

/** The second moment of the gradients along each pair of directions: mean over rows of (Σ_t a_t c_t)², p × q. */
function pairEnergies(
  a: Float64Array,
  c: Float64Array,
  p: number,
  q: number,
  offsets: Uint32Array | undefined,
): Float64Array {
  const square = (x: number): number => x * x;
  if (offsets === undefined) {
    const sums = multiply(
      { values: a.map(square), columns: p, transposed: true },
      { values: c.map(square), columns: q },
    );
    return sums.map((sum) => sum / (a.length / p));
  }
  const energies = new Float64Array(p * q);
  for (let i = 0; i + 1 < offsets.length; i++) {
    const [from, to] = [offsets[i]!, offsets[i + 1]!];
    const sums = multiply(
      { values: a.subarray(from * p, to * p), columns: p, transposed: true },
      { values: c.subarray(from * q, to * q), columns: q },
    );
    for (let m = 0; m < sums.length; m++) energies[m]! += square(sums[m]!) / (offsets.length - 1);
  }
  return energies;
}

function directionsOf(gradients: LayerGradients, member: number, options: SketchOptions): Directions {
  const { layer, inputs: h, deltas, outputs: outputWidth, bias, offsets } = gradients;
  const inputWidth = h.width + (bias ? 1 : 0);
  const p = inputWidth <= ALL_INPUTS ? inputWidth : INPUT_CANDIDATES;
  const inputs = principalDirections(h, p, bias, options.seed, (done, total) =>
    options.onProgress?.({ stage: `principal directions of ${layer}`, done, total }),
  );
  const q = Math.min(outputWidth, OUTPUT_CANDIDATES);
  const outputs = eigenDecomposition(gram(deltas, outputWidth), outputWidth).vectors.slice(
    0,
    q * outputWidth,
  );
  const a = projectActivations(h, inputs, p);
  const energies = pairEnergies(a, multiplyTransposed(deltas, outputs, outputWidth), p, q, offsets);
  return { member, layer, inputs, inputWidth, outputs, outputWidth, energies };
}

function layerOf(of: Directions, pairs: readonly Pair[]): LayerSketch {
  const input = keepRows(
    of.inputs,
    of.inputWidth,
    pairs.map((pair) => pair.input),
  );
  const output = keepRows(
    of.outputs,
    of.outputWidth,
    pairs.map((pair) => pair.output),
  );
  return {
    member: of.member,
    layer: of.layer,
    input: input.kept,
    output: output.kept,
    inputOf: pairs.map((pair) => input.at.get(pair.input)!),
    outputOf: pairs.map((pair) => output.at.get(pair.output)!),
  };
}

/**
 * The directions, among products of an eigenvector of E[x̂ x̂ᵀ] and one of E[δ δᵀ] of each layer, along which the
 * training gradients are largest; `width` of them over all layers and members. The bases are LoGra's PCA
 * initialisation (Choe et al., 2024); choosing pairs by their measured energy instead of a p × q block is the
 * eigenvalue correction of EK-FAC (George et al., 2018).
 *
 * @param members gradients of the training rows by each model
 */
export function fitPcaSketch(members: readonly ModelGradients[], options: SketchOptions): Sketch {
  const directions = members.flatMap((layers, member) =>
    layers.map((one) => directionsOf(one, member, options)),
  );
  const pairs = directions.flatMap((of) => {
    const q = of.outputs.length / of.outputWidth;
    return Array.from(
      of.energies,
      (energy, at): Pair => ({ of, input: Math.floor(at / q), output: at % q, energy }),
    );
  });
  // A stable sort: of equals the first layer's, and in it the larger directions.
  const order = pairs.sort((x, y) => y.energy - x.energy);
  const kept = order.slice(0, options.width).filter(({ energy }) => energy > NEGLIGIBLE * order[0]!.energy);
  const layers = directions
    .map((of) => ({ of, own: kept.filter((pair) => pair.of === of) }))
    .filter(({ own }) => own.length > 0)
    .map(({ of, own }) => layerOf(of, own));
  const { width, seed, adapters } = options;
  return makeSketch({ method: "pca", seed, width, layers, adapters });
}

/** Rows of numbers that know nothing of the data, E[PᵀP] = I. */
function randomRows(kind: "random" | "sjlt", rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const values = new Float32Array(rows * columns);
  const sign = (): number => (random.integer(2) === 0 ? 1 : -1);
  // Sparse: each input goes to one row, with a random sign (Kane and Nelson, 2014, with s = 1).
  if (kind === "sjlt") for (let j = 0; j < columns; j++) values[random.integer(rows) * columns + j] = sign();
  else for (let at = 0; at < values.length; at++) values[at] = sign() / Math.sqrt(rows);
  return { rows, columns, values };
}

/**
 * Projections drawn from the seed alone, ⌊k'/q⌋ × q of them for each layer: ±1/√p everywhere ("random"), or one ±1 for
 * each input ("sjlt": LoGra's random initialisation, GraSS). q is at most √k'; each layer has an equal share k' of the columns.
 */
export function randomSketch(
  kind: "random" | "sjlt",
  members: readonly ModelGradients[],
  options: SketchOptions,
): Sketch {
  const all = members.flatMap((layers, member) => layers.map((one) => ({ one, member })));
  const share = Math.floor(options.width / all.length);
  const layers = all.map(({ one, member }, at): LayerSketch => {
    const inputWidth = one.inputs.width + (one.bias ? 1 : 0);
    const q = Math.max(1, Math.min(one.outputs, Math.floor(Math.sqrt(share))));
    const p = Math.min(inputWidth, Math.floor(share / q));
    const pairs = Array.from({ length: p * q }, (_, m) => m);
    return {
      member,
      layer: one.layer,
      input: randomRows(kind, p, inputWidth, options.seed + 2 * at),
      output: randomRows(kind, q, one.outputs, options.seed + 2 * at + 1),
      inputOf: pairs.map((m) => Math.floor(m / q)),
      outputOf: pairs.map((m) => m % q),
    };
  });
  const { width, seed, adapters } = options;
  return makeSketch({ method: kind, seed, width, layers, adapters });
}

/**
 * The same columns, mixed: z = mix·columns.
 *
 * @param mix k' rows of K entries
 * @param width k ≥ k'
 */
export function mixedSketch({ digest: _, ...sketch }: Sketch, mix: Float64Array, width: number): Sketch {
  const columns = sketch.layers.reduce((sum, { inputOf }) => sum + inputOf.length, 0);
  const rows = mix.length / columns;
  return makeSketch({
    ...sketch,
    method: "whitened",
    width,
    mix: { rows, columns, values: Float32Array.from(mix) },
  });
}
