import { accumulate, kernelMemory, PANEL } from "./kernel.ts";

/** Depth that is summed in one go, and rows of a product that are made at a time: panels then stay in the cache. */
const DEPTH = 256;
const ROWS = 256;

/** A matrix in row-major float64, or the transpose of one. */
export interface Operand {
  readonly values: Float64Array;
  /** Entries of a row as it is stored. */
  readonly columns: number;
  readonly transposed?: boolean;
}

const panels = (n: number): number => Math.ceil(n / PANEL);

/** Copies columns [r0, r1) of rows [i0, i1), transposed: a panel holds four rows. */
function packRows(
  { values, columns }: Operand,
  [i0, i1]: readonly [number, number],
  [r0, r1]: readonly [number, number],
  into: Float64Array,
  to: number,
): void {
  const depth = r1 - r0;
  for (let p = 0; p < panels(i1 - i0); p++) {
    const at = to + p * depth * PANEL;
    for (let q = 0; q < PANEL; q++) {
      const row = i0 + p * PANEL + q;
      for (let r = 0; r < depth; r++)
        into[at + r * PANEL + q] = row < i1 ? values[row * columns + r0 + r]! : 0;
    }
  }
}

/** Columns [i0, i1) of rows [r0, r1) as panels. */
function packSlice(
  { values, columns }: Operand,
  [i0, i1]: readonly [number, number],
  [r0, r1]: readonly [number, number],
  into: Float64Array,
  to: number,
): void {
  const depth = r1 - r0;
  for (let p = 0; p < panels(i1 - i0); p++) {
    const first = i0 + p * PANEL;
    for (let r = 0; r < depth; r++) {
      const at = to + (p * depth + r) * PANEL;
      for (let q = 0; q < PANEL; q++)
        into[at + q] = first + q < i1 ? values[(r0 + r) * columns + first + q]! : 0;
    }
  }
}

const shapeOf = ({ values, columns, transposed }: Operand): [number, number] => {
  const rows = columns === 0 ? 0 : values.length / columns;
  return transposed === true ? [columns, rows] : [rows, columns];
};

/**
 * A·B by the kernel: entry (i, j) is Σ_r a_ir·b_rj, added in the order of r.
 *
 * @param a m × d
 * @param b d × n
 * @returns m × n, row-major
 */
export function multiply(a: Operand, b: Operand): Float64Array {
  const [m, depth] = shapeOf(a);
  const [same, n] = shapeOf(b);
  if (same !== depth) throw new RangeError(`a product of ${m} × ${depth} and ${same} × ${n}`);
  const result = new Float64Array(m * n);
  const width = panels(n) * PANEL;
  const atB = ROWS * DEPTH;
  const atC = atB + width * DEPTH;
  const memory = kernelMemory(atC + ROWS * width);
  for (let i0 = 0; i0 < m; i0 += ROWS) {
    const i1 = Math.min(m, i0 + ROWS);
    const height = panels(i1 - i0);
    memory.fill(0, atC, atC + height * PANEL * width);
    for (let r0 = 0; r0 < depth; r0 += DEPTH) {
      const r: [number, number] = [r0, Math.min(depth, r0 + DEPTH)];
      (a.transposed === true ? packSlice : packRows)(a, [i0, i1], r, memory, 0);
      (b.transposed === true ? packRows : packSlice)(b, [0, n], r, memory, atB);
      accumulate(0, 8 * atB, 8 * atC, height, panels(n), r[1] - r0, 8 * width, 0);
    }
    for (let i = i0; i < i1; i++) {
      const from = atC + (i - i0) * width;
      result.set(memory.subarray(from, from + n), i * n);
    }
  }
  return result;
}

/**
 * XᵀX, added up in the order of the rows.
 *
 * @param x rows of n entries
 * @param start what it is added to, n × n: rows may come in parts, and the bits are those of all at once
 * @returns n × n, exactly symmetric
 */
export function gram(x: Float64Array, n: number, start?: Float64Array): Float64Array {
  const rows = x.length / n;
  const width = panels(n) * PANEL;
  const memory = kernelMemory(width * (DEPTH + width));
  const atC = DEPTH * width;
  memory.fill(0, atC, atC + width * width);
  if (start !== undefined)
    for (let i = 0; i < n; i++) memory.set(start.subarray(i * n, (i + 1) * n), atC + i * width);
  for (let r0 = 0; r0 < rows; r0 += DEPTH) {
    const r1 = Math.min(rows, r0 + DEPTH);
    packSlice({ values: x, columns: n }, [0, n], [r0, r1], memory, 0);
    accumulate(0, 0, 8 * atC, panels(n), panels(n), r1 - r0, 8 * width, 1);
  }
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = memory[atC + i * width + j]!;
      result[i * n + j] = value;
      result[j * n + i] = value;
    }
  }
  return result;
}
