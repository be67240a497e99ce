/** Sums of each position's rows. @param rows Q × N @returns Q × positions */
export function sumsOf(
  rows: Float64Array,
  owners: Uint32Array,
  positions: number,
  queries: number,
): Float64Array {
  const sums = new Float64Array(queries * positions);
  for (let q = 0; q < queries; q++)
    owners.forEach((owner, i) => {
      sums[q * positions + owner]! += rows[q * owners.length + i]!;
    });
  return sums;
}
