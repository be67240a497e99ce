import { type Eigen, sortEigen } from "../symmetric.ts";
import { RotatedRows, Workplace } from "./eigen-rows.ts";

/**
 * All eigenvalues and eigenvectors by reduction to tridiagonal form and implicit QL: about 4·n³ operations, where
 * Jacobi's rotations take fifty. In one fixed order, so the same bits everywhere.
 *
 * Source: tred2 and tql2 of EISPACK (Bowdler, Martin, Reinsch and Wilkinson, 1968), after JAMA's text of them.
 *
 * @param matrix n × n, symmetric
 */
export function eigenDecomposition(matrix: Float64Array, n: number): Eigen {
  const place = new Workplace(n);
  const { matrix: v, d, e } = place;
  v.set(matrix);
  tridiagonalise(place, n);
  // Rows are rotated by QL, since a row's entries are neighbours in memory.
  const rows = new RotatedRows(n, (i, j) => v[j * n + i]!);
  implicitQl(rows, d, e, n);
  return sortEigen(Float64Array.from(d), rows.rows(), n);
}

/** A = V·T·Vᵀ: on return the matrix holds V, d the diagonal of T and e[1…] what is beside it. */
function tridiagonalise(place: Workplace, n: number): void {
  const { matrix: v, d, e } = place;
  for (let j = 0; j < n; j++) d[j] = v[(n - 1) * n + j]!;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let m = 0; m < i; m++) scale += Math.abs(d[m]!);
    if (scale === 0) {
      e[i] = d[i - 1]!;
      for (let j = 0; j < i; j++) {
        d[j] = v[(i - 1) * n + j]!;
        v[i * n + j] = 0;
        v[j * n + i] = 0;
      }
    } else {
      h = reflector(d, e, i, scale);
      applySymmetric(v, d, e, i, n);
      rankTwo(place, i, h, n);
    }
    d[i] = h;
  }
  gather(place, n);
}

/** Makes the Householder vector of row i in d. @returns its squared norm, halved */
function reflector(d: Float64Array, e: Float64Array, i: number, scale: number): number {
  let h = 0;
  for (let m = 0; m < i; m++) {
    d[m]! /= scale;
    h += d[m]! * d[m]!;
  }
  const f = d[i - 1]!;
  const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= f * g;
  d[i - 1] = f - g;
  e.fill(0, 0, i);
  return h;
}

/** e = A·d of the leading i × i part, whose lower triangle is read. */
function applySymmetric(v: Float64Array, d: Float64Array, e: Float64Array, i: number, n: number): void {
  for (let m = 0; m < i; m++) {
    const row = m * n;
    const f = d[m]!;
    let g = v[row + m]! * f;
    for (let j = 0; j < m; j++) {
      const x = v[row + j]!;
      g += x * d[j]!;
      e[j]! += x * f;
    }
    e[m] = g;
  }
}

function rankTwo(place: Workplace, i: number, h: number, n: number): void {
  const { matrix: v, d, e } = place;
  let f = 0;
  for (let j = 0; j < i; j++) {
    e[j]! /= h;
    f += e[j]! * d[j]!;
  }
  const half = f / (h + h);
  for (let j = 0; j < i; j++) e[j]! -= half * d[j]!;
  for (let m = 0; m < i; m++) place.subtractTwo(m, m + 1, e[m]!, d[m]!);
  for (let j = 0; j < i; j++) {
    v[j * n + i] = d[j]!;
    d[j] = v[(i - 1) * n + j]!;
    v[i * n + j] = 0;
  }
}

/** Multiplies the reflections out. What is beside the diagonal is in e, where sums are made meanwhile. */
function gather(place: Workplace, n: number): void {
  const { matrix: v, d, e } = place;
  const beside = Float64Array.from(e);
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let m = 0; m <= i; m++) d[m] = v[m * n + i + 1]! / h;
      e.fill(0, 0, i + 1);
      for (let m = 0; m <= i; m++) place.addRowToE(m, i + 1, v[m * n + i + 1]!);
      for (let m = 0; m <= i; m++) place.addEToRow(m, i + 1, -d[m]!);
    }
    for (let m = 0; m <= i; m++) v[m * n + i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j]!;
    v[(n - 1) * n + j] = 0;
  }
  v[n * n - 1] = 1;
  e.set(beside);
  e[0] = 0;
}

/** Eigenvalues of the tridiagonal matrix into d, the rotations applied to the rows of `rows`. */
function implicitQl(rows: RotatedRows, d: Float64Array, e: Float64Array, n: number): void {
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    while (m > l && Math.abs(e[l]!) > Number.EPSILON * largest) shift += sweep(rows, d, e, l, m, n);
    d[l]! += shift;
    e[l] = 0;
  }
}

/** One QL step on the block from l to m. @returns by how much the diagonal from l on was shifted */
function sweep(rows: RotatedRows, d: Float64Array, e: Float64Array, l: number, m: number, n: number): number {
  const before = d[l]!;
  let p = (d[l + 1]! - before) / (2 * e[l]!);
  const r = (p < 0 ? -1 : 1) * Math.sqrt(p * p + 1);
  d[l] = e[l]! / (p + r);
  d[l + 1] = e[l]! * (p + r);
  const next = d[l + 1]!;
  const h = before - d[l]!;
  for (let i = l + 2; i < n; i++) d[i]! -= h;

  p = d[m]!;
  const el1 = e[l + 1]!;
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * e[i]!;
    const product = c * p;
    const length = Math.sqrt(p * p + e[i]! * e[i]!);
    e[i + 1] = s * length;
    s = e[i]! / length;
    c = p / length;
    p = c * d[i]! - s * g;
    d[i + 1] = product + s * (c * g + s * d[i]!);
    rows.cosines[i] = c;
    rows.sines[i] = s;
  }
  rows.turn(l, m);
  p = (-s * s2 * c3 * el1 * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
  return h;
}
