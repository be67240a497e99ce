/**
 * Products of dense row-major float64 matrices for training. Four terms at a time: one pass over the sums costs as much
 * as one term. Every sum runs in one order, so the same operands give the same bits.
 */

/** into += A·B, A n × inner, B inner × m. */
export function addProduct(
  a: Float64Array,
  b: Float64Array,
  inner: number,
  m: number,
  into: Float64Array,
): void {
  const n = a.length / inner;
  for (let i = 0; i < n; i++) {
    const at = i * m;
    let e = 0;
    for (; e + 3 < inner; e += 4) {
      const from = i * inner + e;
      const [v0, v1, v2, v3] = [a[from]!, a[from + 1]!, a[from + 2]!, a[from + 3]!];
      const [b0, b1, b2, b3] = [e * m, (e + 1) * m, (e + 2) * m, (e + 3) * m];
      for (let c = 0; c < m; c++) {
        into[at + c]! += v0 * b[b0 + c]! + v1 * b[b1 + c]! + v2 * b[b2 + c]! + v3 * b[b3 + c]!;
      }
    }
    for (; e < inner; e++) {
      const value = a[i * inner + e]!;
      for (let c = 0; c < m; c++) into[at + c]! += value * b[e * m + c]!;
    }
  }
}

/** into += Aᵀ·B, A n × inner, B n × m: sums over the n rows. */
export function addTransposedProduct(
  a: Float64Array,
  b: Float64Array,
  inner: number,
  m: number,
  into: Float64Array,
): void {
  const n = a.length / inner;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const [b0, b1, b2, b3] = [i * m, (i + 1) * m, (i + 2) * m, (i + 3) * m];
    for (let e = 0; e < inner; e++) {
      const from = i * inner + e;
      const [v0, v1, v2, v3] = [a[from]!, a[from + inner]!, a[from + 2 * inner]!, a[from + 3 * inner]!];
      const at = e * m;
      for (let c = 0; c < m; c++) {
        into[at + c]! += v0 * b[b0 + c]! + v1 * b[b1 + c]! + v2 * b[b2 + c]! + v3 * b[b3 + c]!;
      }
    }
  }
  for (; i < n; i++) {
    for (let e = 0; e < inner; e++) {
      const value = a[i * inner + e]!;
      for (let c = 0; c < m; c++) into[e * m + c]! += value * b[i * m + c]!;
    }
  }
}

/** Bᵀ of a matrix with `columns` columns. */
export function transposed<T extends Float32Array | Float64Array>(b: T, columns: number): T {
  const rows = b.length / columns;
  const result = new (b.constructor as new (n: number) => T)(b.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) result[c * rows + r] = b[r * columns + c]!;
  return result;
}
