import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sketchRows } from "../../../src/sketch/apply.ts";
import { fitPcaSketch, randomSketch } from "../../../src/sketch/fit.ts";
import { loadSketch, saveSketch } from "../../../src/sketch/store.ts";
import { TOY_WIDTH, toyModel } from "../../helpers/toy-model.ts";

const { activations, gradients, adapter, sketch, sketched } = await toyModel();
const { deltas } = gradients;
const classes = adapter.labels.length;
const options = { width: TOY_WIDTH, seed: 1, adapters: [adapter.digest] };

/** [h_i; 1] as a dense vector. */
function extended(i: number): Float64Array {
  const x = new Float64Array(activations.width + 1);
  for (let e = activations.offsets[i]!; e < activations.offsets[i + 1]!; e++) {
    x[activations.columns[e]!] = activations.values[e]!;
  }
  x[activations.width] = 1;
  return x;
}

test("a column is the gradient δ ⊗ [h; 1] along an outer product of two directions", () => {
  for (const one of [
    sketch,
    randomSketch("random", [[gradients]], options),
    randomSketch("sjlt", [[gradients]], options),
  ]) {
    const z = sketchRows([[gradients]], one);
    const { input, output, inputOf, outputOf } = one.layers[0]!;
    for (const i of [0, 17, 299]) {
      const x = extended(i);
      for (const m of [0, 5, inputOf.length - 1]) {
        let expected = 0;
        for (let c = 0; c < classes; c++) {
          for (let j = 0; j < x.length; j++) {
            const direction =
              output.values[outputOf[m]! * classes + c]! * input.values[inputOf[m]! * x.length + j]!;
            expected += direction * deltas[i * classes + c]! * x[j]!;
          }
        }
        assert.ok(Math.abs(z[i * TOY_WIDTH + m]! - expected) < 1e-12);
      }
    }
  }
});

test("the directions of PCA are orthonormal", () => {
  const { rows, columns, values } = sketch.layers[0]!.input;
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s <= r; s++) {
      let product = 0;
      for (let j = 0; j < columns; j++) product += values[r * columns + j]! * values[s * columns + j]!;
      assert.ok(Math.abs(product - (r === s ? 1 : 0)) < 1e-6, `${r}, ${s}: ${product}`);
    }
  }
});

test("PCA keeps all of the gradients' energy where k suffices, and the most of it where not", () => {
  const energy = (z: Float64Array): number => z.reduce((sum, x) => sum + x * x, 0);
  let total = 0;
  for (let i = 0; i < activations.rows; i++) {
    const delta = deltas.subarray(i * classes, (i + 1) * classes);
    total += energy(extended(i)) * energy(delta);
  }
  // (12 + 1) inputs times 3 free classes are 39 directions, fewer than 63.
  assert.equal(sketch.layers[0]!.inputOf.length, 39);
  assert.ok(Math.abs(energy(sketched) / total - 1) < 1e-5);
  const narrow = { ...options, width: 10 };
  const kept = energy(sketchRows([[gradients]], fitPcaSketch([[gradients]], narrow))) / total;
  assert.ok(kept > 0.5 && kept < 1, `${kept}`);
});

test("the same input gives the same digest; a sketch is read back as it was written, and refused when changed", () => {
  assert.equal(fitPcaSketch([[gradients]], options).digest, sketch.digest);
  const folder = join(mkdtempSync(join(tmpdir(), "tributary-sketch-")), "it");
  saveSketch(folder, sketch);
  assert.deepEqual(loadSketch(folder), sketch);
  const path = join(folder, "input-0.f32");
  const bytes = readFileSync(path);
  bytes[0]! ^= 1;
  writeFileSync(path, bytes);
  assert.throws(() => loadSketch(folder), { code: "TRB_SKETCH_FILE_DIGEST" });
});
