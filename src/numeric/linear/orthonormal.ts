import { seededRandom } from "../random.ts";

/** Makes m rows of `columns` entries orthonormal (Gram–Schmidt, twice); a row that depends on earlier ones becomes 0. */
export function orthonormalise(rows: Float64Array, m: number, columns: number): void {
  for (let r = 0; r < m; r++) {
    const row = rows.subarray(r * columns, (r + 1) * columns);
    const before = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let pass = 0; pass < 2; pass++) {
      for (let s = 0; s < r; s++) {
        const other = rows.subarray(s * columns, (s + 1) * columns);
        let product = 0;
        for (let j = 0; j < columns; j++) product += row[j]! * other[j]!;
        for (let j = 0; j < columns; j++) row[j]! -= product * other[j]!;
      }
    }
    const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    const factor = norm > 1e-10 * before ? 1 / norm : 0;
    for (let j = 0; j < columns; j++) row[j]! *= factor;
  }
}

/** m orthonormal rows of `columns` ≥ m entries that a seed decides: Gram–Schmidt of normal numbers, uniform over all such. */
export function randomOrthonormal(m: number, columns: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const rows = Float64Array.from({ length: m * columns }, () => random.normal());
  orthonormalise(rows, m, columns);
  return rows;
}
