import assert from "node:assert/strict";
import { test } from "node:test";
import { denseRows, sliceRows } from "../../../src/model/activations.ts";
import { SharedActivations } from "../../../src/model/shared-activations.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

const WIDTH = 20;
const ROWS = 500;

test("parts become what they are parts of, whether later ones are fuller or emptier, in memory that threads share", () => {
  const random = seededRandom(3);
  for (const full of [0.05, 1, 10]) {
    const values = Float64Array.from({ length: ROWS * WIDTH }, (_, at) => {
      const share = 0.3 + ((full - 1) * at) / (ROWS * WIDTH) / 3;
      return random.uniform() < share ? random.normal() : 0;
    });
    const whole = denseRows(values, WIDTH);
    const shared = new SharedActivations(ROWS, WIDTH);
    for (let from = 0; from < ROWS; from += 37) shared.add(sliceRows(whole, from, Math.min(ROWS, from + 37)));
    const built = shared.build();
    assert.deepEqual([built.rows, built.width], [ROWS, WIDTH]);
    for (const key of ["offsets", "columns", "values"] as const) {
      assert.deepEqual([...built[key]], [...whole[key]]);
      assert.ok(built[key].buffer instanceof SharedArrayBuffer);
    }
  }
});
