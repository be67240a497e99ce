import assert from "node:assert/strict";
import { test } from "node:test";
import { isSure, scoreMargins } from "../../../src/attribution/score-margin.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

const matrix = (phi: Int8Array, width: number) => ({ phi, positions: phi.length / width, width });

test("the margin: what columns leave out of the scores of positions with rows, and the rounding of both sides", () => {
  const u = Int8Array.of(3, -4);
  const index = matrix(Int8Array.of(12, 0, 0, 9, 0, 0), 2);
  const scores = scoreTrace(u, index);
  assert.deepEqual([...scores], [36, -36, 0]);
  const margins = scoreMargins({ u, scores, index, taken: [true, true, false], kept: 0.8 });
  // σ² = 0.25 · 36² + (25 + 144)/12, and (25 + 81)/12: the position without rows counts nowhere.
  const expected = [324 + 169 / 12, 324 + 106 / 12].map((square) => Math.ceil(1.959964 * Math.sqrt(square)));
  assert.deepEqual([...margins], [...expected, 0]);
  assert.ok(isSure(37, 36) && !isSure(36, 36) && !isSure(-37, 36));
});

test("with all columns the intervals hold the unrounded score 95 times of 100", () => {
  const random = seededRandom(7);
  const [width, positions, requests] = [63, 20, 60];
  const real = (): number => (random.uniform() - 0.5) * 60;
  const phi = Float64Array.from({ length: width * positions }, real);
  const index = matrix(Int8Array.from(phi, Math.round), width);
  const taken = new Array<boolean>(positions).fill(true);
  let inside = 0;
  for (let q = 0; q < requests; q++) {
    const request = Float64Array.from({ length: width }, real);
    const u = Int8Array.from(request, Math.round);
    const scores = scoreTrace(u, index);
    const margins = scoreMargins({ u, scores, index, taken, kept: 1 });
    scores.forEach((score, c) => {
      const exact = request.reduce((sum, x, j) => sum + x * phi[c * width + j]!, 0);
      if (Math.abs(score - exact) <= margins[c]!) inside++;
    });
  }
  const share = inside / (requests * positions);
  assert.ok(share > 0.93 && share < 0.97, `${share}`);
});
