import type { IndexMatrix } from "./types.ts";

/**
 * S_c = Σ_{j<k} u_j·Φ_cj for every position: exact integers, |S_c| ≤ 128·127·k < 2^31.
 *
 * @param u k signed bytes
 * @param index C rows of k signed bytes
 * @returns C scores
 */
export function scoreTrace(u: Int8Array, index: IndexMatrix): Int32Array {
  const { phi, positions, width } = index;
  if (u.length !== width) throw new RangeError(`a trace of this index has ${width} entries, not ${u.length}`);
  const scores = new Int32Array(positions);
  for (let c = 0; c < positions; c++) {
    let sum = 0;
    const row = c * width;
    for (let j = 0; j < width; j++) sum += u[j]! * phi[row + j]!;
    scores[c] = sum;
  }
  return scores;
}
