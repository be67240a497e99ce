import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { evaluateAdapter } from "../../../src/model/evaluate.ts";
import { openBase } from "../../../src/model/session.ts";
import { trainAdapter } from "../../../src/model/train.ts";
import { importVersion, loadDataNet, type RowSource } from "../../../src/operations/import.ts";
import { baseFor } from "../../../src/operations/training/make-base.ts";
import { featuresOf, labelsOf, trainModel } from "../../../src/operations/training/train.ts";
import { workspaceAt } from "../../../src/workspace/workspace.ts";
import { TOY_LABELS, toyPoints } from "../../helpers/toy-model.ts";

/** More than two parts of rows, and of those held out. */
const ROWS = 7_000;

const sources: Record<string, (file: string) => Pick<RowSource, "columns"> & { readonly content: string }> = {
  numbers: () => {
    const { points, labels } = toyPoints(ROWS, 5);
    const lines = points.map((row, i) => [...row, TOY_LABELS[labels[i]!]].join(","));
    const features = Array.from({ length: 12 }, (_, j) => String(j));
    return { columns: { features, label: "12" }, content: lines.join("\n") };
  },
  texts: () => {
    const lines = Array.from(
      { length: ROWS },
      (_, i) => `word${i % 97} and ${i},${i % 97 < 40 ? "low" : "high"}`,
    );
    return { columns: { text: "0", label: "1" }, content: lines.join("\n") };
  },
};

for (const [what, make] of Object.entries(sources)) {
  test(`a model that is trained on ${what} part by part is the one of all rows at once, and is measured as such`, async () => {
    const dir = mkdtempSync(join(tmpdir(), "tributary-train-"));
    const file = join(dir, "rows.csv");
    const { columns, content } = make(file);
    writeFileSync(file, `${content}\n`);
    const workspace = workspaceAt(join(dir, "workspace"));
    const quiet = () => {};
    const source = {
      file,
      columns,
      contributors: 5,
      heldOut: { fraction: 0.4 },
      seed: 1,
      tier: "mini",
    } as const;
    await importVersion(workspace, source, quiet);
    const { base, adapter, evaluation } = await trainModel(
      workspace,
      { adapter: { kind: "linear" }, seed: 1, ridge: 1e-2 },
      quiet,
    );

    const { datanet, heldOut } = loadDataNet(workspace);
    const opened = await openBase(await baseFor(datanet, undefined));
    assert.equal(base.digest, opened.base.digest);
    const expected = trainAdapter(
      {
        activations: await opened.encode(featuresOf(datanet.rows)),
        labels: labelsOf(datanet.rows),
        names: datanet.labels,
        base: opened.base.digest,
        datanet: { root: datanet.root, version: 1 },
      },
      { seed: 1, ridge: 1e-2 },
    );
    assert.equal(adapter.digest, expected.digest);
    const measured = { activations: await opened.encode(featuresOf(heldOut)), labels: labelsOf(heldOut) };
    assert.equal(evaluation.accuracy, evaluateAdapter(expected, measured, base).accuracy);
    assert.deepEqual([evaluation.rows, evaluation.heldOut], [heldOut.length, true]);
    const counts = [0, 0, 0, 0];
    for (const { label } of datanet.rows) counts[label]!++;
    const majority = counts.indexOf(Math.max(...counts));
    const right = heldOut.filter(({ label }) => label === majority).length;
    assert.equal(evaluation.majorityBaseline, right / heldOut.length);
    await opened.close();
    assert.deepEqual(readdirSync(workspace.dir).sort(), ["datanet", "model"]);
  });
}
