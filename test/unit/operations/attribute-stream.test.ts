import assert from "node:assert/strict";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { integersOf } from "../../../src/attribution/build.ts";
import { TributaryError } from "../../../src/core/errors.ts";
import { withSpill } from "../../../src/files/disk.ts";
import { SpillFile } from "../../../src/files/spill-file.ts";
import { pickRows } from "../../../src/model/activations.ts";
import { attributeRows, attributeStream } from "../../../src/operations/attribution/attribute.ts";
import { fitMethod, fitSample } from "../../../src/operations/attribution/fit.ts";
import { type LabelledRows, rowsAt, rowsBetween } from "../../../src/operations/attribution/gradients.ts";
import { DEFAULT_METHOD, type MethodOptions } from "../../../src/operations/attribution/options.ts";
import { toyModel } from "../../helpers/toy-model.ts";

const POSITIONS = 12;
const WIDTH = 63;
/** More than a part of what is written at a time, and no multiple of anything. */
const ROWS = 2_311;

const toy = await toyModel();
await toy.base.close();
const again = Uint32Array.from({ length: ROWS }, (_, i) => (i * 7) % toy.labels.length);
const training: LabelledRows = {
  adapters: [toy.adapter],
  activations: pickRows(toy.activations, again),
  labels: again.map((row) => toy.labels[row]!),
};
const owners = Uint32Array.from(again, (_, i) => (5 * i) % POSITIONS);
const given = Float64Array.from(again, (_, i) => 1 / (1 + (i % 3)));
const folder = mkdtempSync(join(tmpdir(), "tributary-stream-"));

const methods: [string, Partial<MethodOptions>][] = [
  ["the default", {}],
  ["weights of the method's own (cosine)", { name: "cosine" }],
  ["weights that depend on all rows (RelatIF and a cap)", { normalise: "relatif", rowCap: 80 }],
];

for (const [name, method] of methods) {
  test(`rows that stream give the integers and the influence of rows in memory, whatever the parts: ${name}`, async () => {
    const options = { ...DEFAULT_METHOD, candidates: 100, ...method };
    const fitted = fitMethod(training, owners, WIDTH, options);
    const { phi, sums } = attributeRows(training, owners, POSITIONS, fitted, () => {}, given);
    const { scale, phi: integers } = integersOf(sums, WIDTH);
    const expected = phi.map((x) => x * scale);
    for (const chunk of [1, 7, 256, 2_310, 2_311, 9_999]) {
      await withSpill(folder, async (spill) => {
        const stream = {
          owners,
          between: async (from: number, to: number) => rowsBetween(training, from, to),
        };
        const streamed = await attributeStream(stream, POSITIONS, fitted, spill, { given, chunk });
        assert.deepEqual(streamed.sums, sums, `parts of ${chunk}`);
        assert.deepEqual(integersOf(streamed.sums, WIDTH).phi, integers);
        for (const _ of ["read", "and read again"]) {
          const parts = [...streamed.influence(scale).parts()];
          assert.deepEqual(
            parts.map(({ length }) => length / WIDTH),
            [2_048, 263],
          );
          assert.deepEqual(Float32Array.from(parts.flatMap((part) => [...part])), expected);
        }
      });
    }
  });
}

test("maps that are fitted on the sampled rows alone are those that are fitted on all and draw themselves", () => {
  const options = { ...DEFAULT_METHOD, order: 1, candidates: 100, fitRows: 500 } as const;
  const chosen = fitSample(ROWS, options);
  assert.equal(chosen.length, 500);
  const all = fitMethod(training, owners, WIDTH, options);
  const some = fitMethod(
    rowsAt(training, chosen),
    chosen.map((row) => owners[row]!),
    WIDTH,
    options,
  );
  assert.deepEqual(some, all);
});

test("a spill file has no name from the first moment, and gives back what it was given", () => {
  const spill = new SpillFile(folder);
  assert.deepEqual(readdirSync(folder), []);
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  for (let at = 0; at < bytes.length; at += 300) spill.append(bytes.subarray(at, at + 300));
  for (const size of [1, 299, 1000, 5000]) {
    assert.deepEqual(
      [...spill.parts(size)].flatMap((part) => [...part]),
      [...bytes],
    );
  }
  spill.close();
});

test("a folder that is not there, and work that fails, leave nothing and keep their error", async () => {
  await assert.rejects(
    withSpill(join(folder, "none"), async () => {}),
    { code: "TRB_FILE_NOT_FOUND" },
  );
  const failed = new TributaryError("TRB_WORKSPACE_MISSING", "not there");
  await assert.rejects(
    withSpill(folder, async (spill) => {
      spill.append(Uint8Array.of(1));
      throw failed;
    }),
    failed,
  );
  assert.deepEqual(readdirSync(folder), []);
});

test("rows are summed up relative to the mean of all of them, also where the method was fitted to some", () => {
  const options = { ...DEFAULT_METHOD, order: 1, candidates: 100, fitRows: 200 } as const;
  const fitted = fitMethod(training, owners, WIDTH, options);
  assert.equal(fitted.record.fitRows, 200);
  const { phi, sums } = attributeRows(training, owners, POSITIONS, fitted);
  const counts = Array.from({ length: POSITIONS }, (_, c) => owners.filter((owner) => owner === c).length);
  for (let j = 0; j < WIDTH; j++) {
    let [ofSums, ofRows, size] = [0, 0, 0];
    for (let c = 0; c < POSITIONS; c++) {
      const share = (ROWS - counts[c]!) / ROWS;
      ofSums += share * sums[c * WIDTH + j]!;
      owners.forEach((owner, i) => {
        if (owner === c) ofRows += share * phi[i * WIDTH + j]!;
      });
      size += Math.abs(sums[c * WIDTH + j]!);
    }
    assert.ok(Math.abs(ofSums) <= 1e-9 * size, `column ${j}: sums of all positions are ${ofSums}`);
    assert.ok(Math.abs(ofRows) <= 1e-3 * size, `column ${j}: all rows are ${ofRows}`);
  }
});

test("one contributor alone is scored by the rows' losses: without them nothing would be left to train on", () => {
  const alone = new Uint32Array(ROWS);
  const options = { ...DEFAULT_METHOD, candidates: 100 };
  const fitted = fitMethod(training, alone, WIDTH, options);
  assert.deepEqual([fitted.record.gradient, fitted.record.order], ["loss", 1]);
  const asked = fitMethod(training, alone, WIDTH, { ...options, gradient: "loss" });
  const { sums } = attributeRows(training, alone, 1, fitted);
  assert.deepEqual(sums, attributeRows(training, alone, 1, asked).sums);
  assert.ok(sums.some((x) => x !== 0) && sums.every(Number.isFinite));
});

test("weights that may be above 1 take the first order: they could leave nothing of the curvature", () => {
  const orderOf = (method: Partial<MethodOptions>): number =>
    fitMethod(training, owners, WIDTH, { ...DEFAULT_METHOD, candidates: 100, ...method }).record.order;
  assert.equal(orderOf({}), 2);
  assert.equal(orderOf({ rowCap: 80 }), 2);
  assert.equal(orderOf({ normalise: "relatif" }), 1);
  assert.equal(orderOf({ name: "fisher" }), 1);
});
