import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBase } from "../../../src/model/base.ts";
import { fitScaling, isNumericBase, numericBase, textBase } from "../../../src/model/built-in.ts";
import { openBase } from "../../../src/model/session.ts";
import { hashText } from "../../../src/model/text-features.ts";
import type { Base } from "../../../src/model/types.ts";
import { encodeGraph, type Graph } from "../../../src/numeric/onnx/graph.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

const hashing = { width: 256, seed: 1, words: [1, 2], characters: [3, 5] } as const;

/** A user's graph: y = 1/x on two numbers. */
const reciprocal: Graph = {
  name: "reciprocal",
  inputs: [{ name: "x", dims: ["batch", 2] }],
  constants: [],
  nodes: [{ op: "Reciprocal", inputs: ["x"], output: "y" }],
  outputs: [{ name: "y", dims: ["batch", 2] }],
};

const userBase = (change: Partial<Base> = {}): Base =>
  makeBase({
    preprocessing: { kind: "numeric", width: 2 },
    input: { name: "x", width: 2 },
    output: { name: "y", width: 2 },
    graph: encodeGraph(reciprocal),
    ...change,
  });

test("the text base equals its formula bit for bit", async () => {
  const open = await openBase(textBase(hashing));
  const text = "my card, my card, where is my new card?";
  const h = await open.encode([text]);
  const x = new Float32Array(hashing.width);
  hashText(text, hashing, x);
  const total = x.reduce((sum, value) => sum + Math.abs(value), 0);
  const expected = x.map(
    (value) => Math.sign(value) * Math.fround(Math.sqrt(Math.fround(Math.abs(value) / total))),
  );
  const columns = Array.from(x.keys()).filter((j) => x[j] !== 0);
  assert.deepEqual(Array.from(h.columns), columns);
  assert.deepEqual(
    Array.from(h.values),
    columns.map((j) => expected[j]),
  );
  await open.close();
});

test("a text without words is all zeros, and rows have the same bits alone and together", async () => {
  const open = await openBase(textBase(hashing));
  const together = await open.encode(["?!", "lost card", "top up"]);
  assert.equal(together.offsets[1], 0);
  const alone = await open.encode(["top up"]);
  assert.deepEqual(together.values.slice(together.offsets[2]!), alone.values);
  await open.close();
});

test("rows of the built-in base for numbers run together, with the bits that each has alone; a user's rows do not", async () => {
  const random = seededRandom(4);
  // More than two runs of 256 hold.
  const rows = Array.from({ length: 600 }, () =>
    Float64Array.from({ length: 5 }, () => random.normal() * 10 ** random.integer(6)),
  );
  const base = numericBase(fitScaling(rows));
  const open = await openBase(base);
  const h = await open.encode(rows);
  for (const [i, row] of rows.entries()) {
    assert.deepEqual(
      h.values.slice(h.offsets[i], h.offsets[i + 1]),
      (await open.hidden(row)).filter((x) => x !== 0),
    );
  }
  await assert.rejects(open.encode(rows.with(300, Float64Array.of(1, 2, 3, 4, 1e300))), {
    code: "TRB_MODEL_FEATURES",
  });
  await open.close();
  assert.ok(isNumericBase(base));
  assert.ok(!isNumericBase(textBase()));
  const { digest: _, ...fields } = base;
  assert.ok(!isNumericBase(makeBase({ ...fields, output: { name: "centred", width: 5 } })));
});

test("standardised numbers have mean 0 and mean square 1/width; a constant column is 0", async () => {
  const rows = [
    [1, 5, 7],
    [3, 5, 9],
    [5, 5, 2],
  ].map((row) => Float64Array.from(row));
  const open = await openBase(numericBase(fitScaling(rows)));
  const h = await open.encode(rows);
  const square = h.values.reduce((sum, value) => sum + value * value, 0) / rows.length;
  assert.ok(Math.abs(square - 2 / 3) < 1e-6, `${square}`);
  assert.ok(!h.columns.includes(1));
  await open.close();
});

test("a constant whose mean is rounded has factor 0, not one that makes a feature of the rounding", () => {
  const rows = Array.from({ length: 7 }, (_, i) => Float64Array.of(i, 0.1));
  const { mean, factor } = fitScaling(rows);
  assert.equal(factor[1], 0);
  assert.ok(Math.abs(mean[1]! - 0.1) < 1e-8 && factor[0]! > 0);
});

test("a column far from 0 has the bits that it has without its offset; one near 0 has none, nor has a constant", async () => {
  const near = Array.from({ length: 64 }, (_, i) => Float64Array.of(i, (i * 7) % 13, 5));
  const far = near.map(([a, b, c]) => Float64Array.of(1_700_000_000 + a!, b!, 1e12 + c! / 3));
  const scalings = [fitScaling(near), fitScaling(far)] as const;
  assert.deepEqual([scalings[0].offset, scalings[1].offset], [undefined, [1_700_000_031.5, 0, 0]]);
  const bases = scalings.map(numericBase);
  const opened = await Promise.all(bases.map((base) => openBase(base)));
  const [plain, shifted] = await Promise.all([opened[0]!.encode(near), opened[1]!.encode(far)]);
  assert.deepEqual(shifted, plain);
  assert.deepEqual(
    (await opened[1]!.hidden(far[9]!)).slice(0, 2),
    (await opened[0]!.hidden(near[9]!)).slice(0, 2),
  );
  assert.ok(isNumericBase(bases[1]!));
  await Promise.all(opened.map((open) => open.close()));
});

test("a user's graph runs by the names of its input and output", async () => {
  const open = await openBase(userBase());
  assert.deepEqual(Array.from((await open.encode([Float64Array.of(2, 4)])).values), [0.5, 0.25]);
  await open.close();
});

const refused = (base: Base, code: string): Promise<void> => assert.rejects(openBase(base), { code });

test("graphs that do not fit are refused by name", async () => {
  await refused(userBase({ graph: new Uint8Array([1, 2, 3]) }), "TRB_MODEL_MALFORMED_ONNX");
  await refused(userBase({ input: { name: "features", width: 2 } }), "TRB_MODEL_NAME");
  await refused(userBase({ output: { name: "x2", width: 2 } }), "TRB_MODEL_NAME");
  await refused(userBase({ output: { name: "y", width: 3 } }), "TRB_MODEL_SHAPE");
  const two: Graph = {
    ...reciprocal,
    inputs: [...reciprocal.inputs, { name: "z", dims: ["batch", 2] }],
    nodes: [{ op: "Add", inputs: ["x", "z"], output: "y" }],
  };
  await refused(userBase({ graph: encodeGraph(two) }), "TRB_MODEL_NAME");
});

test("features that do not fit, and outputs that are not finite, are refused", async () => {
  const open = await openBase(userBase());
  await assert.rejects(open.encode(["text"]), { code: "TRB_MODEL_FEATURES" });
  await assert.rejects(open.encode([Float64Array.of(1)]), { code: "TRB_MODEL_FEATURES" });
  await assert.rejects(open.encode([Float64Array.of(1, 1e300)]), { code: "TRB_MODEL_FEATURES" });
  await assert.rejects(open.encode([Float64Array.of(1, 0)]), { code: "TRB_MODEL_OUTPUT" });
  // A refusal does not spoil the session.
  assert.deepEqual(Array.from((await open.encode([Float64Array.of(1, 2)])).values), [1, 0.5]);
  await open.close();
});
