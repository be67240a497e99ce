import type { Features } from "../datanet/types.ts";

/** What one inference leaves behind, in the operator's hands: everything that t_q commits to. */
export interface TraceRecord {
  /** The registry's number of the index that this inference is attributed with. */
  readonly indexId: bigint;
  /** io = keccak(request, output) mod r. */
  readonly io: bigint;
  /** n_q: the payment's number under this index. */
  readonly number: bigint;
  /** The gross fee, in units of 10^9 wei. */
  readonly fee: bigint;
  /** What of the fee goes to contributors, in units. */
  readonly pool: bigint;
  /** Uniform in the scalar field; secret. */
  readonly blind: bigint;
  /** k entries in [−128, 127]; secret. */
  readonly u: Int8Array;
}

/** How a projected gradient becomes integers; recorded in the index's manifest. */
export interface Quantisation {
  /** k factors: column m of the projected gradient is multiplied by columnScales[m] first. */
  readonly columnScales: Float64Array;
  /** Below this Euclidean norm (after the column scales) u is 0. */
  readonly minimumNorm: number;
}

/** What serving one request gives. */
export interface Inference {
  readonly label: string;
  readonly labelIndex: number;
  /** Of the served label. */
  readonly probability: number;
  /** One for each label, in the labels' order. */
  readonly probabilities: Float32Array;
  /** The sketched gradient that u is made from, before the column scales. */
  readonly gradient: Float32Array;
  /** k entries in [−128, 127]. */
  readonly u: Int8Array;
  /** S_c, one for each of the C positions, |S_c| < 2^19. */
  readonly scores: Int32Array;
}

/** The sketch of a request's gradient at a label. */
export type LabelTrace = Pick<Inference, "gradient" | "u">;

export interface Tracer {
  /** @throws TRB_MODEL_FEATURES, TRB_TRACE_NAN */
  infer(request: Features): Promise<Inference>;
  /**
   * What `infer` would have traced, had this label been served. Throws as infer.
   *
   * @param labelIndex of one of the model's labels
   */
  traceAt(request: Features, labelIndex: number): Promise<LabelTrace>;
  close(): Promise<void>;
}
