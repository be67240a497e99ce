import type { Hex } from "../core/statement.ts";

/** Where the projections come from. */
export type SketchMethod = "pca" | "random";

/**
 * The map from a row's gradient δ ⊗ [h; 1] to k columns: with a = P_in·[h; 1] and c = P_out·δ,
 * column m < outputOf.length is c[outputOf[m]]·a[inputOf[m]], and the rest are 0.
 */
export interface Sketch {
  readonly method: SketchMethod;
  readonly seed: number;
  /** k. */
  readonly width: number;
  /** P_in, row-major, p × (d + 1); the last column meets the bias. */
  readonly input: { readonly rows: number; readonly columns: number; readonly values: Float32Array };
  /** P_out, row-major, q × classes. */
  readonly output: { readonly rows: number; readonly columns: number; readonly values: Float32Array };
  readonly inputOf: readonly number[];
  readonly outputOf: readonly number[];
  /** Digest of the adapter whose gradients it was made for. */
  readonly adapter: Hex;
  /** Binds all of the above. */
  readonly digest: Hex;
}
