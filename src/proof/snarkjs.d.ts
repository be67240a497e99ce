declare module "snarkjs" {
  interface MemoryFile {
    readonly type: "mem";
    data?: Uint8Array;
  }
  interface ProofJson {
    readonly pi_a: readonly [string, string, string];
    readonly pi_b: readonly [readonly [string, string], readonly [string, string], readonly [string, string]];
    readonly pi_c: readonly [string, string, string];
  }
  export const wtns: {
    calculate(input: unknown, wasm: string, out: MemoryFile): Promise<void>;
  };
  export const groth16: {
    prove(zkey: string, wtns: MemoryFile): Promise<{ proof: ProofJson; publicSignals: string[] }>;
    verify(key: unknown, publicSignals: readonly string[], proof: ProofJson): Promise<boolean>;
  };
  export const zKey: { exportVerificationKey(zkey: string): Promise<unknown> };
}
