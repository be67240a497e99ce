import type { OnProgress } from "../../core/progress.ts";
import { R } from "../field.ts";
import type { G1 } from "../points.ts";
import { commit, type Opening, openAt, scalarBytes } from "./commit.ts";
import { SCALAR_BYTES } from "./curve.ts";
import { foldRows } from "./fold.ts";
import { combine, type Polynomial } from "./polynomial.ts";
import type { Srs } from "./srs.ts";

/** A polynomial as bytes: its coefficients, the constant one first, 32 little-endian bytes each, below r. */
export type Coefficients = Uint8Array;

/** factor·polynomial, a part of a linear combination. */
export type Term = readonly [factor: bigint, polynomial: Coefficients];

export interface WorkOptions {
  readonly onProgress?: OnProgress | undefined;
  /** Ends the work with TRB_PROOF_CANCELLED, where what does it looks at it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * KZG over one reference string: portable or native, the same values.
 *
 * @throws TRB_SRS_SHORT for polynomials that are longer than the reference string, TRB_CORE_RANGE for coefficients that are
 * not below r
 */
export interface KzgEngine {
  /** Whether small and negative coefficients cost little by themselves, without a caller who sorts them out. */
  readonly sortsCoefficients: boolean;
  /** [f(τ)]₁ of f = Σ terms. */
  commit(terms: readonly Term[], options?: WorkOptions): Promise<G1>;
  /** f(x) and its opening, f = Σ terms. */
  open(terms: readonly Term[], x: bigint, options?: WorkOptions): Promise<Opening>;
  /**
   * The openings at 1, ω, ω², …, ω the primitive n-th root of unity, of a polynomial of n coefficients, n a power of two: at
   * once, where the engine can, for less than one by one. Undefined where it cannot.
   */
  openAll?(polynomial: Coefficients, options?: WorkOptions): Promise<readonly G1[]>;
  /** f = quotient·(X^w − α) + folded. @param width w */
  fold(
    polynomial: Coefficients,
    width: number,
    alpha: bigint,
  ): Promise<{ folded: bigint[]; quotient: Coefficients }>;
}

/** Numbers from 32 little-endian bytes each. */
export function readScalars(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / SCALAR_BYTES }, (_, i) => {
    const limb = (k: number): bigint => view.getBigUint64(i * SCALAR_BYTES + 8 * k, true);
    return limb(0) | (limb(1) << 64n) | (limb(2) << 128n) | (limb(3) << 192n);
  });
}

const sum = (terms: readonly Term[]): Polynomial => {
  const [first] = terms;
  if (terms.length === 1 && first![0] === 1n) return readScalars(first![1]);
  return combine(...terms.map(([factor, polynomial]) => [factor % R, readScalars(polynomial)] as const));
};

/** KZG in JavaScript and WebAssembly. It is not cancelled within a step. */
export const portableKzg = (srs: Srs): KzgEngine => ({
  sortsCoefficients: false,
  commit: (terms) => commit(srs, sum(terms)),
  open: (terms, x) => openAt(srs, sum(terms), x),
  async fold(polynomial, width, alpha) {
    const { folded, quotient } = foldRows(readScalars(polynomial), width, alpha);
    return { folded, quotient: scalarBytes(quotient) };
  },
});
