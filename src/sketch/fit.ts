import type { OnProgress } from "../core/progress.ts";
import { seededRandom } from "../core/random.ts";
import type { Hex } from "../core/statement.ts";
import { eigenSymmetric, secondMoment } from "../core/symmetric.ts";
import type { LayerGradients } from "../model/types.ts";
import { principalDirections } from "./principal.ts";
import { multiplyTransposed, projectActivations } from "./project.ts";
import { makeSketch } from "./store.ts";
import type { Matrix, Sketch } from "./types.ts";

/** Directions of [h; 1] that PCA chooses its columns from. */
const INPUT_CANDIDATES = 64;

/** Energy relative to the largest below which a pair holds rounding only, such as δ along (1, …, 1), which is always 0. */
const NEGLIGIBLE = 1e-12;

export interface SketchOptions {
  /** k. */
  readonly width: number;
  readonly seed: number;
  /** Digest of the adapter. */
  readonly adapter: Hex;
  readonly onProgress?: OnProgress;
}

interface Pair {
  readonly input: number;
  readonly output: number;
}

/** Rows of a matrix that are in use, in order, and where each of them went. */
function keepRows(
  values: Float64Array,
  columns: number,
  used: readonly number[],
): { kept: Float32Array; at: Map<number, number> } {
  const rows = [...new Set(used)].sort((a, b) => a - b);
  const kept = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    kept.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { kept, at: new Map(rows.map((row, i) => [row, i])) };
}

/** Mean of (c_j·a_i)² over the rows: the second moment of the gradients along each pair of directions. */
function pairEnergies(a: Float64Array, c: Float64Array, p: number, q: number): Float64Array {
  const rows = a.length / p;
  const energies = new Float64Array(p * q);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < p; i++) {
      const square = a[r * p + i]! ** 2 / rows;
      for (let j = 0; j < q; j++) energies[i * q + j]! += square * c[r * q + j]! ** 2;
    }
  }
  return energies;
}

/**
 * The k directions, among products of an eigenvector of E[x̂ x̂ᵀ] and one of E[δ δᵀ], along which the training
 * gradients are largest. The bases are LoGra's (Choe et al., 2024); choosing pairs by their measured energy
 * instead of a p × q block is the eigenvalue correction of EK-FAC (George et al., 2018).
 */
export function fitPcaSketch(
  { layer, inputs: h, deltas, outputs: classes, bias }: LayerGradients,
  options: SketchOptions,
): Sketch {
  const columns = h.width + (bias ? 1 : 0);
  const p = Math.min(INPUT_CANDIDATES, columns);
  const inputs = principalDirections(h, p, bias, options.seed, (done, total) =>
    options.onProgress?.({ stage: "fit sketch", done, total }),
  );
  const outputs = eigenSymmetric(secondMoment(deltas, classes), classes).vectors;
  const a = projectActivations(h, inputs, p);
  const energies = pairEnergies(a, multiplyTransposed(deltas, outputs, classes), p, classes);
  const order = Array.from(energies.keys()).sort((x, y) => energies[y]! - energies[x]! || x - y);
  const pairs = order
    .slice(0, options.width)
    .filter((at) => energies[at]! > NEGLIGIBLE * energies[order[0]!]!)
    .map((at): Pair => ({ input: Math.floor(at / classes), output: at % classes }));
  const input = keepRows(
    inputs,
    columns,
    pairs.map((pair) => pair.input),
  );
  const output = keepRows(
    outputs,
    classes,
    pairs.map((pair) => pair.output),
  );
  return makeSketch({
    method: "pca",
    seed: options.seed,
    width: options.width,
    layers: [
      {
        member: 0,
        layer,
        input: { rows: input.at.size, columns, values: input.kept },
        output: { rows: output.at.size, columns: classes, values: output.kept },
        inputOf: pairs.map((pair) => input.at.get(pair.input)!),
        outputOf: pairs.map((pair) => output.at.get(pair.output)!),
      },
    ],
    adapters: [options.adapter],
  });
}

/**
 * Dense ±1 projections that know nothing of the data: ⌊k/q⌋ × q of them, q at most √k. What PCA is measured against.
 */
export function randomSketch(
  { layer, inputs: h, outputs: classes, bias }: LayerGradients,
  options: SketchOptions,
): Sketch {
  const random = seededRandom(options.seed);
  const q = Math.min(classes, Math.floor(Math.sqrt(options.width)));
  const p = Math.floor(options.width / q);
  const signs = (rows: number, columns: number): Matrix => ({
    rows,
    columns,
    values: Float32Array.from(
      { length: rows * columns },
      () => (random.integer(2) === 0 ? 1 : -1) / Math.sqrt(rows),
    ),
  });
  const pairs = Array.from({ length: p * q }, (_, m) => m);
  return makeSketch({
    method: "random",
    seed: options.seed,
    width: options.width,
    layers: [
      {
        member: 0,
        layer,
        input: signs(p, h.width + (bias ? 1 : 0)),
        output: signs(q, classes),
        inputOf: pairs.map((m) => Math.floor(m / q)),
        outputOf: pairs.map((m) => m % q),
      },
    ],
    adapters: [options.adapter],
  });
}
