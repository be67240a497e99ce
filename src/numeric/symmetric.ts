/** Dense symmetric matrices, row-major float64. All loops run in one fixed order: the same input gives the same bits. */

/** The lower triangle L of A = L·Lᵀ. */
export type Cholesky = { readonly size: number; readonly lower: Float64Array };

/**
 * Factors a positive definite matrix.
 *
 * @param a size × size; only its lower triangle is read
 * @throws RangeError where a is not positive definite (or holds NaN)
 */
export function cholesky(a: Float64Array, size: number): Cholesky {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let m = 0; m < j; m++) sum -= lower[i * size + m]! * lower[j * size + m]!;
      if (i !== j) lower[i * size + j] = sum / lower[j * size + j]!;
      else if (sum > 0) lower[i * size + i] = Math.sqrt(sum);
      else throw new RangeError(`not positive definite at row ${i}`);
    }
  }
  return { size, lower };
}

/** Replaces b (size entries from `at`) by A⁻¹·b. */
export function solveInPlace({ size, lower }: Cholesky, b: Float64Array, at = 0): void {
  for (let i = 0; i < size; i++) {
    let sum = b[at + i]!;
    for (let m = 0; m < i; m++) sum -= lower[i * size + m]! * b[at + m]!;
    b[at + i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[at + i]!;
    for (let m = i + 1; m < size; m++) sum -= lower[m * size + i]! * b[at + m]!;
    b[at + i] = sum / lower[i * size + i]!;
  }
}

/** XᵀX / n of n rows of `size` entries. */
export function secondMoment(x: Float64Array, size: number): Float64Array {
  const rows = x.length / size;
  const moment = new Float64Array(size * size);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < size; i++) {
      const xi = x[r * size + i]!;
      if (xi === 0) continue;
      for (let j = 0; j <= i; j++) moment[i * size + j]! += xi * x[r * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = moment[i * size + j]! / rows;
      moment[i * size + j] = value;
      moment[j * size + i] = value;
    }
  }
  return moment;
}

export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row i is the unit eigenvector of values[i]; its largest entry (the first of equals) is positive. */
  readonly vectors: Float64Array;
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * a[p * size + q]!);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < size; i++) {
    const x = a[i * size + p]!;
    const y = a[i * size + q]!;
    a[i * size + p] = c * x - s * y;
    a[i * size + q] = s * x + c * y;
  }
  for (let i = 0; i < size; i++) {
    const x = a[p * size + i]!;
    const y = a[q * size + i]!;
    a[p * size + i] = c * x - s * y;
    a[q * size + i] = s * x + c * y;
    const v = vectors[p * size + i]!;
    const w = vectors[q * size + i]!;
    vectors[p * size + i] = c * v - s * w;
    vectors[q * size + i] = s * v + c * w;
  }
}

/** Cyclic Jacobi converges quadratically: ten sweeps are many. */
const MAX_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors, by cyclic Jacobi rotations (Golub and Van Loan, section 8.5).
 *
 * @param matrix size × size, symmetric
 */
export function eigenSymmetric(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const norm = Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotations = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(a[p * size + q]!) <= 1e-15 * norm) continue;
        rotate(a, vectors, size, p, q);
        rotations++;
      }
    }
    if (rotations === 0) break;
  }
  return sortEigen(
    Float64Array.from({ length: size }, (_, i) => a[i * size + i]!),
    vectors,
    size,
  );
}

/** Eigenvalues descending, and the vectors (rows) in the same order with their signs settled. */
export function sortEigen(unsorted: Float64Array, vectors: Float64Array, size: number): Eigen {
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((i, j) => unsorted[j]! - unsorted[i]! || i - j);
  const values = Float64Array.from(order, (i) => unsorted[i]!);
  const sorted = new Float64Array(size * size);
  order.forEach((from, to) => {
    const row = vectors.subarray(from * size, (from + 1) * size);
    let largest = 0;
    for (const x of row) if (Math.abs(x) > Math.abs(largest)) largest = x;
    for (let j = 0; j < size; j++) sorted[to * size + j] = largest < 0 ? -row[j]! : row[j]!;
  });
  return { values, vectors: sorted };
}
