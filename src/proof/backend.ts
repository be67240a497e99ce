import type { Curve } from "ffjavascript";
import type { KzgEngine, WorkOptions } from "../crypto/kzg/engine.ts";
import type { Srs } from "../crypto/kzg/srs.ts";
import type { G1, G2 } from "../crypto/points.ts";

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

export interface WitnessOptions extends WorkOptions {
  /**
   * The circuit's constraint file, for a backend that finds witnesses without the WebAssembly. Then the input's names must be in the
   * order in which the circuit declares them.
   */
  readonly r1csPath?: string | undefined;
}

/** e(Σ scalar·point, twist); scalars in [0, r). */
export interface PairingTerms {
  readonly sum: readonly (readonly [scalar: bigint, point: G1])[];
  readonly twist: G2;
}

export const BACKEND_NAMES = ["snarkjs", "native"] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** What computes witnesses, proofs and commitments: snarkjs everywhere, native code where it is built. */
export interface Groth16Backend {
  readonly name: BackendName;
  /**
   * @returns the witness in circom's `.wtns` format
   * @throws TRB_PROOF_WITNESS where the input satisfies no witness; TRB_PROOF_CANCELLED
   */
  witness(wasmPath: string, input: SignalValues, options?: WitnessOptions): Promise<Uint8Array>;
  /** @throws TRB_PROOF_BACKEND where the key or the witness is of no use; TRB_PROOF_CANCELLED, TRB_FILE_* */
  groth16(zkeyPath: string, witness: Uint8Array, options?: WorkOptions): Promise<Groth16Proof>;
  /** Whether the product of the pairings is 1. @throws TRB_NATIVE_POINT where a point is none and the backend looks */
  productIsOne(pairings: readonly PairingTerms[], curve: Curve): Promise<boolean>;
  /** Commitments over a reference string. */
  kzg(srs: Srs): KzgEngine;
}
