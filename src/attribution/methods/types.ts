/** Consecutive columns: [from, to). */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** What a method is made from: sketched gradients of training rows, in K columns (float64, row-major). */
export interface MethodInput {
  /** K. */
  readonly columns: number;
  /** n × K: g_i, the loss gradients of the rows at their own labels. */
  readonly training: Float64Array;
  /** n entries: 1 − p of each row's own label. */
  readonly doubts: Float64Array;
  /** The columns of each model. */
  readonly members: readonly Block[];
  /** The columns of each layer. */
  readonly layers: readonly Block[];
  /**
   * H, K × K: the Gauss–Newton matrix of the mean loss, E_i E_{y ~ p_i}[g gᵀ], without λ. For a softmax head it is the exact
   * Hessian.
   */
  readonly curvature: () => Float64Array;
  /** λ > 0, of the penalty λ/2·‖w‖² that the model was trained with, or another one. */
  readonly ridge: number;
}

/** The score of row i for a request q is w_i·g_qᵀ·M·g_i. */
export interface Method {
  readonly name: MethodName;
  /** One line for a help text. */
  readonly summary: string;
  /** Whether its columns should be drawn from the seed, not from the data. */
  readonly randomColumns?: boolean;
  /** M, K × K, symmetric positive semidefinite. */
  metric(input: MethodInput): Float64Array;
  /**
   * w_i ≥ 0 of each row; all 1 where absent.
   *
   * @param training n × K: g_i
   */
  weights?(training: Float64Array, columns: number): Float64Array;
}

export const METHOD_NAMES = ["influence", "fisher", "ekfac", "datainf", "trak", "dot", "cosine"] as const;
export type MethodName = (typeof METHOD_NAMES)[number];
