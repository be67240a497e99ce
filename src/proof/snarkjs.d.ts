declare module "snarkjs" {
  interface MemoryFile {
    readonly type: "mem";
    data?: Uint8Array;
  }
  /** A file in memory, in pages of 4 MiB. */
  export interface BigMemoryFile {
    readonly type: "bigMem";
    data?: readonly Uint8Array[];
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
  interface Logger {
    debug(text: string): void;
    info(text: string): void;
    error(text: string): void;
  }
  /** Hashes as bytes; -1, false or nothing where it refuses. */
  export const zKey: {
    exportVerificationKey(zkey: string): Promise<unknown>;
    newZKey(r1cs: string, ptau: string, zkey: BigMemoryFile, logger: Logger): Promise<unknown>;
    contribute(
      from: string,
      to: BigMemoryFile,
      name: string,
      entropy: string,
      logger: Logger,
    ): Promise<unknown>;
    beacon(
      from: string,
      to: BigMemoryFile,
      name: string,
      value: string,
      exponent: number,
      logger: Logger,
    ): Promise<unknown>;
    verifyFromR1cs(r1cs: string, ptau: string, zkey: string, logger: Logger): Promise<boolean>;
    verifyFromInit(initial: string, ptau: string, zkey: string, logger: Logger): Promise<boolean>;
  };
}
