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
