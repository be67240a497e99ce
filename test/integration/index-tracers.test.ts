import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, mock, test } from "node:test";
import { InferenceSession } from "onnxruntime-node";
import { openIndexTracer } from "../../src/operations/index/index-tracer.ts";
import { openIndexTracers } from "../../src/operations/index/index-tracers.ts";
import { traceAgrees } from "../../src/trace/agreement.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { importToyRows, terminal } from "../helpers/cli-story.ts";
import { toyPoints } from "../helpers/toy-model.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-index-tracers-"));
after(() => rmSync(root, { recursive: true, force: true }));
const below = terminal(join(root, "below"));
const it = terminal(join(root, "it"));
const workspace = workspaceAt(it.dir);
const { points } = toyPoints(12, 8);

before(async () => {
  await importToyRows(below, 120, 1);
  await below.run("train", "--kind", "mlp", "--hidden", "8", "--ridge", "1e-3");
  const base = join(root, "base.onnx");
  const { input, output } = (await below.run("model", "export-base", "--out", base)) as Record<
    string,
    string
  >;
  await importToyRows(it, 120, 5);
  const lora = ["--kind", "lora", "--ridge", "1e-3", "--onnx", base, "--input", input!, "--output", output!];
  // Three adapters of one base and rank, with other seeds, and one of another rank.
  for (const [seed, rank] of [
    ["1", "2"],
    ["2", "2"],
    ["3", "2"],
    ["4", "1"],
  ] as const) {
    await it.run("train", ...lora, "--seed", seed, "--rank", rank);
    await it.run("index", "build");
  }
});

test("indexes of one shape are served by one session, with the answers that each has alone", async () => {
  const create = mock.method(InferenceSession, "create");
  const { tracers, close } = await openIndexTracers(workspace, [1, 2, 3, 4]);
  // The base, the three, and the one that is of another shape.
  assert.equal(create.mock.callCount(), 3);
  create.mock.restore();

  // All at once: nobody's parameters are in another's run.
  const asked = points.flatMap((point) => [...tracers].map(([epoch]) => ({ point, epoch })));
  const answers = await Promise.all(asked.map(({ point, epoch }) => tracers.get(epoch)!.tracer.infer(point)));
  for (const epoch of tracers.keys()) {
    const { tracer, quantisation, labels, tier } = await openIndexTracer(workspace, epoch);
    const { labels: others, tier: size } = tracers.get(epoch)!;
    assert.deepEqual([others, size], [labels, tier]);
    for (const [i, { point, epoch: of }] of asked.entries()) {
      if (of !== epoch) continue;
      const alone = await tracer.infer(point);
      assert.equal(answers[i]!.label, alone.label);
      const { verdict } = traceAgrees(answers[i]!, alone, quantisation);
      assert.notEqual(verdict, "different");
      if (verdict === "same") assert.deepEqual(answers[i]!.scores, alone.scores);
    }
    await tracer.close();
  }
  assert.notDeepEqual(answers[0]!.probabilities, answers[1]!.probabilities);
  await close();
});

test("one that is not there is refused, and one alone has a session of its own", async () => {
  await assert.rejects(openIndexTracers(workspace, [1, 9]), { code: "TRB_WORKSPACE_MISSING" });
  const { tracers, close } = await openIndexTracers(workspace, [2, 2]);
  const { tracer } = await openIndexTracer(workspace, 2);
  // The bits, too: a shared session adds up in another order.
  assert.deepEqual(await tracers.get(2)!.tracer.infer(points[0]!), await tracer.infer(points[0]!));
  await tracer.close();
  await close();
});
