import { inverse, mod } from "../../src/crypto/field.ts";

/** x with matrix·x = right in the scalar field, for a square matrix that has an inverse (Gauss and Jordan). */
export function solveLinear(matrix: readonly (readonly bigint[])[], right: readonly bigint[]): bigint[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= column && row[column] !== 0n);
    if (pivot < 0) throw new RangeError("the matrix has no inverse");
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const scale = inverse(rows[column]![column]!);
    rows[column] = rows[column]!.map((value) => mod(value * scale));
    for (let i = 0; i < rows.length; i++) {
      const factor = rows[i]![column]!;
      if (i === column || factor === 0n) continue;
      rows[i] = rows[i]!.map((value, j) => mod(value - factor * rows[column]![j]!));
    }
  }
  return rows.map((row) => row.at(-1)!);
}
