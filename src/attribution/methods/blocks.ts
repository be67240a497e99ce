import { gram } from "../../numeric/linear/dense.ts";
import { cholesky, solveInPlace } from "../../numeric/symmetric.ts";
import type { Block } from "./types.ts";

/** The n × (to − from) part of rows of `columns` entries. */
export function columnsOfBlock(x: Float64Array, columns: number, { from, to }: Block): Float64Array {
  const width = to - from;
  const rows = x.length / columns;
  const part = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) part.set(x.subarray(i * columns + from, i * columns + to), i * width);
  return part;
}

/** The block on the diagonal of a matrix. */
export function diagonalBlock(matrix: Float64Array, columns: number, { from, to }: Block): Float64Array {
  return columnsOfBlock(matrix.subarray(from * columns, to * columns), columns, { from, to });
}

/** A K × K matrix of the given blocks on its diagonal, 0 elsewhere. */
export function blockDiagonal(
  columns: number,
  blocks: readonly Block[],
  make: (block: Block) => Float64Array,
): Float64Array {
  const matrix = new Float64Array(columns * columns);
  for (const block of blocks) {
    const part = make(block);
    const width = block.to - block.from;
    for (let i = 0; i < width; i++)
      matrix.set(part.subarray(i * width, (i + 1) * width), (block.from + i) * columns + block.from);
  }
  return matrix;
}

/** E[g gᵀ] of rows of `columns` entries. */
export function meanOuter(x: Float64Array, columns: number): Float64Array {
  const rows = x.length / columns;
  return gram(x, columns).map((sum) => sum / rows);
}

/** (A + λI)⁻¹ by Cholesky; exactly symmetric. @param a size × size */
export function ridgedInverse(a: Float64Array, size: number, ridge: number): Float64Array {
  const ridged = Float64Array.from(a);
  for (let j = 0; j < size; j++) ridged[j * size + j]! += ridge;
  const factor = cholesky(ridged, size);
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    inverse[j * size + j] = 1;
    solveInPlace(factor, inverse, j * size);
  }
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      const mean = (inverse[i * size + j]! + inverse[j * size + i]!) / 2;
      inverse[i * size + j] = mean;
      inverse[j * size + i] = mean;
    }
  return inverse;
}
