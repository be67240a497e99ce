import type { G1, G2 } from "../core/points.ts";

/** A Groth16 proof with the public signals that the witness had. */
export interface Groth16Proof {
  readonly a: G1;
  readonly b: G2;
  readonly c: G1;
  /** In the order of PUBLIC_SIGNALS. */
  readonly publicSignals: readonly bigint[];
}

/** A circuit input by signal name; arrays nest as the signals' dimensions do. */
export type SignalValues = Readonly<Record<string, unknown>>;

/** What computes witnesses and proofs: snarkjs everywhere, native code where it is there. */
export interface Groth16Backend {
  readonly name: string;
  /**
   * @returns the witness in circom's `.wtns` format
   * @throws TRB_PROOF_WITNESS where the input satisfies no witness
   */
  witness(wasmPath: string, input: SignalValues): Promise<Uint8Array>;
  /** @throws TRB_PROOF_BACKEND where the key or the witness is of no use */
  groth16(zkeyPath: string, witness: Uint8Array): Promise<Groth16Proof>;
}
