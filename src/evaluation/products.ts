/** Rows of numbers, row-major, all of `width` entries. */
export type Matrix = Float32Array | Float64Array | Int8Array;

/**
 * Scores of n rows for Q queries: queries·rowsᵀ, Q × n.
 *
 * @param queries Q × width
 * @param rows n × width
 */
export function products(queries: Matrix, rows: Matrix, width: number): Float64Array {
  const [asked, count] = [queries.length / width, rows.length / width];
  const result = new Float64Array(asked * count);
  for (let q = 0; q < asked; q++) {
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += queries[q * width + j]! * rows[i * width + j]!;
      result[q * count + i] = sum;
    }
  }
  return result;
}

/** Integers of several traces as one matrix. */
export function stack(traces: readonly Int8Array[]): Int8Array {
  const result = new Int8Array(traces.length * (traces[0]?.length ?? 0));
  traces.forEach((u, q) => {
    result.set(u, q * u.length);
  });
  return result;
}
