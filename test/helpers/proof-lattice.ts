import { inverse, mod, R } from "../../src/crypto/field.ts";

/*
 * Lattice reduction in exact integers, enough for the handful of dimensions that forgeries need:
 * Lenstra, Lenstra and Lovász (1982) in the integral form of Cohen, "A Course in Computational
 * Algebraic Number Theory", algorithm 2.6.7. λ_ij and d_i are Gram–Schmidt coefficients times the
 * determinants that make them integers.
 */

type Vector = bigint[];

const dot = (a: Vector, b: Vector): bigint => a.reduce((sum, value, i) => sum + value * b[i]!, 0n);
const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;
/** a/b to the nearest integer, b > 0. */
const nearest = (a: bigint, b: bigint): bigint => floorDivide(2n * a + b, 2n * b);

class Reduction {
  readonly rows: Vector[];
  /** d[i + 1] belongs to row i; d[0] = 1. */
  private readonly d: bigint[] = [1n];
  private readonly lambda: bigint[][] = [];

  constructor(rows: readonly Vector[]) {
    this.rows = rows.map((row) => [...row]);
  }

  /** Gram–Schmidt of row k against the rows before it. */
  orthogonalise(k: number): void {
    this.lambda[k] = [];
    for (let j = 0; j <= k; j++) {
      let u = dot(this.rows[k]!, this.rows[j]!);
      for (let i = 0; i < j; i++) {
        u = (this.d[i + 1]! * u - this.lambda[k]![i]! * this.lambda[j]![i]!) / this.d[i]!;
      }
      if (j < k) this.lambda[k]![j] = u;
      else this.d[k + 1] = u;
    }
  }

  /** Takes from row k the multiple of row l that makes their coefficient at most a half. */
  sizeReduce(k: number, l: number): void {
    const q = nearest(this.lambda[k]![l]!, this.d[l + 1]!);
    if (q === 0n) return;
    this.rows[k] = this.rows[k]!.map((value, i) => value - q * this.rows[l]![i]!);
    this.lambda[k]![l]! -= q * this.d[l + 1]!;
    for (let i = 0; i < l; i++) this.lambda[k]![i]! -= q * this.lambda[l]![i]!;
  }

  /** Lovász's condition with 3/4: whether rows k − 1 and k are in the right order. */
  inOrder(k: number): boolean {
    const [before, here, after] = [this.d[k - 1]!, this.d[k]!, this.d[k + 1]!];
    return 4n * after * before >= 3n * here * here - 4n * this.lambda[k]![k - 1]! ** 2n;
  }

  swap(k: number, last: number): void {
    const { rows, lambda, d } = this;
    [rows[k], rows[k - 1]] = [rows[k - 1]!, rows[k]!];
    for (let j = 0; j < k - 1; j++) {
      [lambda[k]![j], lambda[k - 1]![j]] = [lambda[k - 1]![j]!, lambda[k]![j]!];
    }
    const middle = lambda[k]![k - 1]!;
    const swapped = (d[k - 1]! * d[k + 1]! + middle * middle) / d[k]!;
    for (let i = k + 1; i <= last; i++) {
      const t = lambda[i]![k]!;
      lambda[i]![k] = (d[k + 1]! * lambda[i]![k - 1]! - middle * t) / d[k]!;
      lambda[i]![k - 1] = (swapped * t + middle * lambda[i]![k]!) / d[k + 1]!;
    }
    d[k] = swapped;
  }
}

/** An LLL-reduced basis of the lattice that linearly independent `rows` span. */
export function reduceLattice(rows: readonly Vector[]): Vector[] {
  const state = new Reduction(rows);
  state.orthogonalise(0);
  let last = 0;
  let k = 1;
  while (k < rows.length) {
    if (k > last) {
      state.orthogonalise(k);
      last = k;
    }
    state.sizeReduce(k, k - 1);
    if (state.inOrder(k)) {
      for (let l = k - 2; l >= 0; l--) state.sizeReduce(k, l);
      k++;
    } else {
      state.swap(k, last);
      k = Math.max(1, k - 1);
    }
  }
  return state.rows;
}

/** `target` less a lattice vector close to it (Babai's nearest plane): short, for a reduced `basis`. */
export function shortRemainder(basis: readonly Vector[], target: Vector): Vector {
  const state = new Reduction([...basis, target]);
  const last = basis.length;
  for (let k = 0; k <= last; k++) state.orthogonalise(k);
  for (let l = last - 1; l >= 0; l--) state.sizeReduce(last, l);
  return state.rows[last]!;
}

/** A basis of the integer vectors x with Σ x_i·coefficients_i ≡ 0 (mod r). The first coefficient is not 0. */
export function relationLattice(coefficients: readonly bigint[]): Vector[] {
  const inverseOfFirst = inverse(coefficients[0]!);
  return coefficients.map((coefficient, i) => {
    const row = new Array<bigint>(coefficients.length).fill(0n);
    row[i] = i === 0 ? R : 1n;
    if (i > 0) row[0] = mod(-coefficient * inverseOfFirst);
    return row;
  });
}
