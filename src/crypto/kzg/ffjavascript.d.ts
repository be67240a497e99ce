declare module "ffjavascript" {
  /** A point in Montgomery form, little-endian: affine (2 coordinates) or Jacobian (3). */
  type PointBytes = Uint8Array;
  /** A scalar in Montgomery form, little-endian. */
  type ScalarBytes = Uint8Array;

  interface WasmGroup<Coordinate> {
    readonly g: PointBytes;
    readonly zero: PointBytes;
    readonly oneAffine: PointBytes;
    add(a: PointBytes, b: PointBytes): PointBytes;
    sub(a: PointBytes, b: PointBytes): PointBytes;
    neg(a: PointBytes): PointBytes;
    eq(a: PointBytes, b: PointBytes): boolean;
    isZero(a: PointBytes): boolean;
    isValid(a: PointBytes): boolean;
    toAffine(a: PointBytes): PointBytes;
    timesFr(a: PointBytes, scalar: ScalarBytes): PointBytes;
    toObject(a: PointBytes): [Coordinate, Coordinate, Coordinate];
    fromObject(a: readonly [Coordinate, Coordinate]): PointBytes;
    /** Scalars: plain little-endian integers, all of one length in bytes (shorter ones are cheaper). */
    multiExpAffine(bases: Uint8Array, scalars: Uint8Array): Promise<PointBytes>;
  }

  interface WasmScalarField {
    e(value: bigint): ScalarBytes;
    toObject(value: ScalarBytes): bigint;
  }

  interface ThreadManager {
    /** The wasm module's bytes; only where the curve runs on one thread. */
    readonly code?: Uint8Array<ArrayBuffer>;
  }

  export interface Curve {
    readonly G1: WasmGroup<bigint>;
    readonly G2: WasmGroup<[bigint, bigint]>;
    readonly Fr: WasmScalarField;
    readonly tm: ThreadManager;
    /** Whether Π e(P_i, Q_i) = 1. */
    pairingEq(...pairs: PointBytes[]): Promise<boolean>;
    terminate(): Promise<void>;
  }

  export function getCurveFromName(name: "bn128", singleThread?: boolean): Promise<Curve>;
}
