declare module "circomlibjs" {
  /** circomlib's Poseidon in wasm; field elements are 32 bytes in Montgomery form, `F` converts. */
  export interface Poseidon {
    (inputs: readonly bigint[], initialState?: bigint | Uint8Array): Uint8Array;
    readonly F: { e(value: bigint): Uint8Array; toObject(value: Uint8Array): bigint };
  }
  export function buildPoseidon(): Promise<Poseidon>;
  /** The same function in plain JavaScript, without the optimised constants. */
  export function buildPoseidonReference(): Promise<Poseidon>;
}
