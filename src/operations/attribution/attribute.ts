import { type InfluenceParts, PART_ROWS } from "../../attribution/types.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { SpillFile } from "../../files/spill-file.ts";
import { bytesOf } from "../../files/typed-bytes.ts";
import type { FittedMethod } from "./fit.ts";
import { type LabelledRows, rowsBetween } from "./gradients.ts";
import { RowPass } from "./row-pass.ts";

/** Rows that are sketched at a time. */
const CHUNK = 2048;

/** The influence of rows, in real numbers. */
export interface RowAttribution {
  /** n × k: w_i·φ_i. */
  readonly phi: Float32Array;
  /** positions × k: Σ w_i·φ_i over each position's rows. */
  readonly sums: Float64Array;
}

/**
 * φ of every row and the sums of each position, of rows that are in memory.
 *
 * @param given weights besides the method's, such as those of near-duplicates
 */
export function attributeRows(
  training: LabelledRows,
  owners: Uint32Array,
  positions: number,
  fitted: FittedMethod,
  onProgress: OnProgress = () => {},
  given?: Float64Array,
): RowAttribution {
  const pass = new RowPass(fitted, owners, positions, given);
  const n = owners.length;
  const { width } = fitted.sketch;
  const phi = new Float32Array(n * width);
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    phi.set(pass.add(rowsBetween(training, from, to), from), from * width);
    onProgress({ stage: "sum up rows", done: to, total: n });
  }
  pass.settle();
  for (let from = 0; pass.again && from < n; from += CHUNK)
    pass.addAgain(rowsBetween(training, from, Math.min(n, from + CHUNK)), from);
  pass.weigh(phi, 0);
  return { phi, sums: pass.sums() };
}

/** Rows that are made as they are asked for. */
export interface RowStream {
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Rows [from, to). */
  between(from: number, to: number): Promise<LabelledRows>;
}

export interface StreamOptions {
  /** Weights besides the method's, such as those of near-duplicates. */
  readonly given?: Float64Array | undefined;
  /** Rows at a time; no bit depends on it. */
  readonly chunk?: number;
  readonly onProgress?: OnProgress;
}

export interface StreamAttribution {
  /** positions × k. */
  readonly sums: Float64Array;
  /** w_i·φ_i·scale, read from the spill file whenever it is asked for. */
  influence(scale: number): InfluenceParts;
}

/**
 * The same, bit for bit, of rows that stream: the memory is that of one part, of a few numbers for each row and of the sums. φ goes
 * to a file, since its scale is not known before the last row.
 *
 * @param spill has to stay open as long as the influence is read
 */
export async function attributeStream(
  stream: RowStream,
  positions: number,
  fitted: FittedMethod,
  spill: SpillFile,
  { given, chunk = CHUNK, onProgress = () => {} }: StreamOptions,
): Promise<StreamAttribution> {
  const { owners } = stream;
  const n = owners.length;
  const { width } = fitted.sketch;
  const pass = new RowPass(fitted, owners, positions, given);
  for (let from = 0; from < n; from += chunk) {
    const to = Math.min(n, from + chunk);
    spill.append(bytesOf(pass.add(await stream.between(from, to), from)));
    onProgress({ stage: "sum up rows", done: to, total: n });
  }
  pass.settle();
  for (let from = 0; pass.again && from < n; from += chunk) {
    const to = Math.min(n, from + chunk);
    pass.addAgain(await stream.between(from, to), from);
    onProgress({ stage: "weigh rows", done: to, total: n });
  }
  function* parts(scale: number): Generator<Float32Array> {
    let from = 0;
    for (const bytes of spill.parts(4 * PART_ROWS * width)) {
      const phi = new Float32Array(bytes.buffer);
      pass.weigh(phi, from);
      // Rounded to float32 after the weight, and again after the scale.
      for (let at = 0; at < phi.length; at++) phi[at]! *= scale;
      from += PART_ROWS;
      yield phi;
    }
  }
  return { sums: pass.sums(), influence: (scale) => ({ width, owners, parts: () => parts(scale) }) };
}
