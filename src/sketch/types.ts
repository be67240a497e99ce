import type { Hex } from "../core/hex.ts";

/** Where the projections come from. */
export type SketchMethod = "pca" | "whitened" | "sjlt" | "random";

/** Row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * The columns that one trained layer gives. Its gradient is Σ_t δ_t ⊗ x_t over a row's tokens; with a_t = P_in·x_t
 * and c_t = P_out·δ_t, column m is Σ_t c_t[outputOf[m]]·a_t[inputOf[m]].
 */
export interface LayerSketch {
  /** Which model of an ensemble; 0 for a single one. */
  readonly member: number;
  /** The layer's name in its model. */
  readonly layer: string;
  /** P_in, p × d_in; where the layer has a bias its last column meets the constant 1. */
  readonly input: Matrix;
  /** P_out, q × d_out. */
  readonly output: Matrix;
  readonly inputOf: readonly number[];
  readonly outputOf: readonly number[];
}

/**
 * The linear map from a row's gradients to k columns: the layers' columns one after the other, K in all, then `mix`.
 */
export interface Sketch {
  readonly method: SketchMethod;
  readonly seed: number;
  /** k. */
  readonly width: number;
  readonly layers: readonly LayerSketch[];
  /** k' × K with k' ≤ k; z = mix·(the layers' columns). Where it is absent K ≤ k. The rest of the k columns is 0. */
  readonly mix?: Matrix;
  /** Digests of the adapters whose gradients it was made for, one a member. */
  readonly adapters: readonly Hex[];
  /** Binds all of the above. */
  readonly digest: Hex;
}
