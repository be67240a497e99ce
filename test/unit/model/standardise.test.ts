import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBase } from "../../../src/model/base.ts";
import { loraFamily } from "../../../src/model/lora/family.ts";
import { exportBase } from "../../../src/model/mlp/export.ts";
import { mlpFamily } from "../../../src/model/mlp/family.ts";
import { openBase } from "../../../src/model/session.ts";
import { standardiseOutputs } from "../../../src/model/standardise.ts";
import type { Base } from "../../../src/model/types.ts";
import { userBase } from "../../../src/model/user-base.ts";
import { ColumnMoments } from "../../../src/numeric/moments.ts";
import { encodeGraph } from "../../../src/numeric/onnx/graph.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { handModel } from "../../helpers/onnx-files.ts";
import { pretrainedBase } from "../../helpers/toy-lora.ts";
import { TOY_LABELS, TOY_ROOT, toyPoints } from "../../helpers/toy-model.ts";
import { assertTraced } from "../../helpers/traced.ts";

const rows = toyPoints(80, 3).points;
const float32 = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

/** y = x·factor + shift of four numbers; of an old format version with the oldest operator set that ONNX Runtime has. */
function affine(factor: readonly number[], shift: readonly number[], ir = 8): Base {
  const graph = handModel({
    ir,
    opset: ir < 4 ? 7 : 17,
    nodes: [
      { op: "Mul", inputs: ["x", "f"], outputs: ["m"] },
      { op: "Add", inputs: ["m", "s"], outputs: ["y"] },
    ],
    tensors: [
      { name: "f", dims: [4], bytes: float32(...factor) },
      { name: "s", dims: [4], bytes: float32(...shift) },
    ],
  });
  return userBase(
    { kind: "numeric", width: 4 },
    { graph, input: { name: "x", width: 4 }, output: { name: "y", width: 4 } },
  );
}

async function encoded(base: Base, points: readonly Float64Array[]): Promise<Float32Array[]> {
  const open = await openBase(base);
  const h = await Promise.all(points.map((row) => open.hidden(row)));
  await open.close();
  return h;
}

const momentsOf = (h: readonly ArrayLike<number>[]): ColumnMoments => {
  const moments = new ColumnMoments(h[0]!.length);
  for (const row of h) moments.add(row);
  return moments;
};

test("columns' moments are those of their definition, and a constant column has exactly no deviation", () => {
  const random = seededRandom(1);
  const table = Array.from({ length: 50 }, () => [random.normal() * 3 + 1e6, random.uniform(), 0.1]);
  const moments = momentsOf(table);
  for (const j of [0, 1]) {
    const column = table.map((row) => row[j]!);
    const mean = column.reduce((sum, x) => sum + x, 0) / 50;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 50;
    assert.ok(Math.abs(moments.mean[j]! - mean) < 1e-9 * Math.abs(mean));
    assert.ok(Math.abs(moments.deviation(j) - Math.sqrt(variance)) < 1e-9);
    assert.equal(moments.size(j), Math.max(...column.map(Math.abs)));
  }
  assert.equal(moments.deviation(2), 0);
});

for (const ir of [3, 8]) {
  test(`outputs of any size get mean 0 and variance 1; what does not vary, or by rounding alone, is 0 (IR ${ir})`, async () => {
    const points = rows.map((row) => row.slice(0, 4));
    // The last column varies by a last place of float32 now and then, and the third one not at all.
    const base = affine([900, 1e-6, 0, 1e-3], [1400, 5e-6, 7, 4096], ir);
    const standard = await standardiseOutputs(base, [points.slice(0, 30), points.slice(30)], points.length);
    const h = await encoded(standard, points);
    const moments = momentsOf(h);
    for (const j of [0, 1]) {
      assert.ok(Math.abs(moments.mean[j]!) < 1e-6, `mean ${moments.mean[j]}`);
      assert.ok(Math.abs(moments.deviation(j) - 1) < 1e-5, `deviation ${moments.deviation(j)}`);
    }
    assert.ok(h.every((row) => row[2] === 0 && row[3] === 0));
    assert.notEqual(standard.digest, base.digest);
    // Whoever has the graph has the constants: another set of rows is another base, the same rows in other parts the same one.
    const again = await standardiseOutputs(base, [points], points.length);
    assert.equal(again.digest, standard.digest);
    const fewer = await standardiseOutputs(base, [points.slice(1)], points.length - 1);
    assert.notEqual(fewer.digest, standard.digest);
  });
}

test("an output that is not finite is refused as before, by its node", async () => {
  const graph = handModel({ nodes: [{ op: "Log", inputs: ["x"], outputs: ["y"], name: "log" }] });
  const ports = { input: { name: "x", width: 4 }, output: { name: "y", width: 4 } };
  const base = userBase({ kind: "numeric", width: 4 }, { graph, ...ports });
  const refused = (error: { code?: string; details?: string }): boolean =>
    error.code === "TRB_MODEL_OUTPUT" && /by node log \(Log\)/.test(error.details ?? "");
  await assert.rejects(standardiseOutputs(base, [[Float64Array.of(1, 2, -3, 4)]], 1), refused);
  const standard = await standardiseOutputs(base, [[Float64Array.of(1, 2, 3, 4)]], 1);
  await assert.rejects(encoded(standard, [Float64Array.of(1, 0, 3, 4)]), refused);
});

test("low-rank pairs reach through a standardised base, a head on it is traced, and it is exported and standardised again", async () => {
  const base = await standardiseOutputs(await pretrainedBase(), [rows], rows.length);
  const labels = toyPoints(80, 3).labels;
  const datanet = { root: TOY_ROOT, version: 1 } as const;
  const open = await openBase(base);
  const data = { labels, names: TOY_LABELS, base: base.digest, datanet };
  const hidden = { ...data, activations: await open.encode(rows) };
  const options = { seed: 3, ridge: 1e-2, epochs: 4 };
  const requests = rows.slice(0, 3);
  const lora = loraFamily(base).fit({ ...data, activations: open.inputs(rows) }, { ...options, rank: 2 });
  await assertTraced(base, [lora], { requests });
  const mlp = mlpFamily.fit(hidden, { ...options, hidden: [6] });
  await assertTraced(base, [mlp], { requests });
  await open.close();

  const { preprocessing } = base;
  const exported = makeBase({ preprocessing, ...exportBase(base, mlp) });
  const again = await standardiseOutputs(exported, [rows], rows.length);
  const [plain, standard] = [await encoded(exported, rows), momentsOf(await encoded(again, rows))];
  for (let j = 0; j < 6; j++) {
    assert.ok(Math.abs(standard.deviation(j) - 1) < 1e-5);
    // What is exported reads the standardised outputs: tanh of them is not saturated.
    assert.ok(momentsOf(plain).deviation(j) > 0.01);
  }
});

test("an opset-13 graph with a free batch is extended like one of a single row", async () => {
  const graph = encodeGraph({
    name: "free",
    inputs: [{ name: "x", dims: ["batch", 12] }],
    constants: [],
    nodes: [{ op: "Exp", inputs: ["x"], output: "y" }],
    outputs: [{ name: "y", dims: ["batch", 12] }],
  });
  const ports = { input: { name: "x", width: 12 }, output: { name: "y", width: 12 } };
  const base = userBase({ kind: "numeric", width: 12 }, { graph, ...ports });
  const h = await encoded(await standardiseOutputs(base, [rows], rows.length), rows);
  assert.ok(Math.abs(momentsOf(h).deviation(5) - 1) < 1e-5);
});
