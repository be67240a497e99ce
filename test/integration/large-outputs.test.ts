import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBase } from "../../src/model/session.ts";
import { certainAnswers } from "../../src/numeric/certain.ts";
import { encodeGraph } from "../../src/numeric/onnx/graph.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { importVersion } from "../../src/operations/import.ts";
import { auditIndex } from "../../src/operations/index/audit-index.ts";
import { buildIndex } from "../../src/operations/index/build-index.ts";
import { openIndexTracer } from "../../src/operations/index/index-tracer.ts";
import { trainModel } from "../../src/operations/training/train.ts";
import { type Workspace, workspaceAt } from "../../src/workspace/workspace.ts";
import { terminal } from "../helpers/cli-story.ts";
import { TOY_LABELS, toyPoints } from "../helpers/toy-model.ts";

const quiet = (): void => {};
const root = mkdtempSync(join(tmpdir(), "tributary-large-outputs-"));
after(() => rmSync(root, { recursive: true, force: true }));
const workspace = workspaceAt(join(root, "it"));
const WIDTH = 96;

async function importRows(into: Workspace, lines: readonly string[], width: number): Promise<void> {
  const file = `${into.dir}.csv`;
  writeFileSync(file, `${lines.join("\n")}\n`);
  const features = Array.from({ length: width }, (_, j) => String(j));
  const columns = { features, label: String(width), contributor: String(width + 1) };
  const source = { file, columns, seed: 1, tier: "mini", heldOut: { fraction: 0.4 } } as const;
  await importVersion(into, source, quiet);
}

/** y = max(0, scale·(W·x)): enough random directions that a head tells all rows apart. */
function directions(scale: number) {
  const random = seededRandom(4);
  const graph = encodeGraph({
    name: "directions",
    inputs: [{ name: "x", dims: ["batch", 12] }],
    constants: [
      {
        name: "w",
        dims: [12, WIDTH],
        values: Float32Array.from({ length: 12 * WIDTH }, () => (scale * random.normal()) / 3),
      },
    ],
    nodes: [
      { op: "MatMul", inputs: ["x", "w"], output: "s" },
      { op: "Relu", inputs: ["s"], output: "y" },
    ],
    outputs: [{ name: "y", dims: ["batch", WIDTH] }],
  });
  return { graph, input: { name: "x", width: 12 }, output: { name: "y", width: WIDTH } };
}

before(async () => {
  const { points, labels } = toyPoints(250, 3);
  const lines = points.map((row, i) => [...row, TOY_LABELS[labels[i]!], `owner-${i % 5}`].join(","));
  await importRows(workspace, lines, 12);
});

test("outputs of 0 to 2,800 make no answer certain and no trace 0, in each kind of model on them", async () => {
  const large = { onnx: directions(400), seed: 1 };
  const models = [
    await trainModel(workspace, { ...large, adapter: { kind: "linear" } }, quiet),
    await trainModel(workspace, { ...large, adapter: { kind: "linear" }, ridge: 3e-2 }, quiet),
    await trainModel(workspace, { ...large, adapter: { kind: "mlp", hidden: [16] }, ridge: 1e-2 }, quiet),
    await trainModel(workspace, { ...large, adapter: { kind: "lora", epochs: 10 }, ridge: 1e-2 }, quiet),
  ];
  // Models of the same rows have one base, and so can be served by one session.
  assert.equal(new Set(models.map(({ base }) => base.digest)).size, 1);
  for (const { number, evaluation } of models) {
    assert.equal(evaluation.certain, 0, `model ${number}`);
    assert.ok(evaluation.accuracy > 0.6, `model ${number}: ${evaluation.accuracy}`);
  }
  await buildIndex(workspace, { epoch: 1 }, quiet);
  const { tracer } = await openIndexTracer(workspace, 1);
  const requests = toyPoints(40, 9).points;
  const answers = await Promise.all(requests.map((request) => tracer.infer(request)));
  await tracer.close();
  assert.equal(certainAnswers(answers.map(({ probability }) => probability)), 0);
  assert.ok(answers.every(({ u }) => u.some((x) => x !== 0)));

  const { graph, output } = directions(400);
  const below = await openBase({ ...models[0]!.base, output, graph });
  const outputs = await Promise.all(requests.map((request) => below.hidden(request)));
  await below.close();
  const most = Math.max(...outputs.flatMap((h) => Array.from(h)));
  assert.ok(most > 2000, `outputs of at most ${most}`);
});

test("the scale of a base's outputs changes nothing of a model, and its λ is found again by an audit", async () => {
  const unit = { onnx: directions(1), seed: 1, adapter: { kind: "linear" } } as const;
  const { adapter, evaluation } = await trainModel(workspace, unit, quiet);
  const { differences, trained } = await auditIndex(workspace, { epoch: 1, phiOnly: true }, quiet);
  assert.deepEqual([differences, trained], [[], 1]);
  const large = await trainModel(workspace, { ...unit, onnx: directions(400) }, quiet);
  assert.ok(adapter.report.tried.length > 2);
  assert.equal(large.adapter.report.ridge, adapter.report.ridge);
  assert.ok(Math.abs(large.evaluation.accuracy - evaluation.accuracy) <= 0.02);
});

test("a column far from 0 reaches a user's graph rounded, which is said; the built-in base tells its rows apart", async () => {
  const far = workspaceAt(join(root, "far"));
  const start = 1_700_000_000;
  const random = seededRandom(2);
  const lines = Array.from({ length: 100 }, (_, i) => {
    const late = i % 2 === 1;
    return [
      start + (late ? 40 : 0) + random.integer(10),
      random.normal(),
      late ? "late" : "early",
      `o-${i % 5}`,
    ];
  });
  await importRows(far, lines.map(String), 2);
  const graph = encodeGraph({
    name: "as it is",
    inputs: [{ name: "x", dims: ["batch", 2] }],
    constants: [],
    nodes: [{ op: "Identity", inputs: ["x"], output: "y" }],
    outputs: [{ name: "y", dims: ["batch", 2] }],
  });
  const onnx = { graph, input: { name: "x", width: 2 }, output: { name: "y", width: 2 } };
  const file = join(root, "as-it-is.onnx");
  writeFileSync(file, graph);
  const flags = ["--onnx", file, "--input", "x:2", "--output", "y:2"];
  const said = await terminal(far.dir).run("train", "--ridge", "1e-3", ...flags);
  assert.deepEqual([said.farColumns, said.ridgeEdge], [[0], null]);
  const options = { adapter: { kind: "linear" }, seed: 1, ridge: 1e-3 } as const;
  const own = await trainModel(far, { ...options, onnx }, quiet);
  assert.deepEqual(own.farColumns, [0]);
  const opened = await openBase(own.base);
  // 1,700,000,000 and 59 seconds later are one float32.
  assert.deepEqual(
    await opened.hidden(Float64Array.of(start, 1)),
    await opened.hidden(Float64Array.of(start + 59, 1)),
  );
  await opened.close();
  const builtIn = await trainModel(far, options, quiet);
  assert.deepEqual(builtIn.farColumns, []);
  assert.ok(own.evaluation.accuracy < 0.8, `${own.evaluation.accuracy}`);
  assert.equal(builtIn.evaluation.accuracy, 1);
});
