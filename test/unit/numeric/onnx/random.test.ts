import assert from "node:assert/strict";
import { test } from "node:test";
import onnxProto from "onnx-proto";
import { userBase } from "../../../../src/model/user-base.ts";
import { findRandom } from "../../../../src/numeric/onnx/random.ts";
import { graphAttribute, type HandModel, type HandNode, handModel } from "../../../helpers/onnx-files.ts";

const { onnx } = onnxProto;
const BOOL = onnx.TensorProto.DataType.BOOL;

const noise: HandNode = { op: "RandomNormalLike", inputs: ["x"], outputs: ["n"], name: "noise" };
const add: HandNode = { op: "Add", inputs: ["x", "n"], outputs: ["y"] };
const find = (model: HandModel) => findRandom(handModel(model), "y");

for (const op of [
  "RandomNormal",
  "RandomNormalLike",
  "RandomUniform",
  "RandomUniformLike",
  "Multinomial",
  "Bernoulli",
]) {
  test(`${op} is refused by its node's name when a base is made of it`, () => {
    const graph = handModel({ nodes: [{ ...noise, op }, add] });
    const ports = { input: { name: "x", width: 4 }, output: { name: "y", width: 4 } };
    assert.throws(
      () => userBase({ kind: "numeric", width: 4 }, { graph, ...ports }),
      (error: { code?: string; details?: string }) =>
        error.code === "TRB_MODEL_RANDOM" && (error.details ?? "").startsWith(`node noise (${op})`),
    );
  });
}

const inBody = (nodes: readonly HandNode[]): HandNode => ({
  op: "Loop",
  inputs: ["", "", "x"],
  outputs: ["y"],
  name: "loop",
  attributes: [graphAttribute("body", nodes)],
});

test("a random node in a branch of a loop's body, and in a function that a function calls", () => {
  const branch = {
    op: "If",
    inputs: ["c"],
    outputs: ["b"],
    name: "if",
    attributes: [graphAttribute("else_branch", [noise])],
  };
  assert.deepEqual(find({ nodes: [inBody([branch])] })?.node, "loop/if/noise");
  const functions = [
    {
      name: "Outer",
      domain: "mine",
      nodes: [{ op: "Inner", domain: "mine", inputs: ["x"], outputs: ["y"], name: "inner" }],
    },
    { name: "Inner", domain: "mine", nodes: [noise] },
  ];
  const call = { op: "Outer", domain: "mine", inputs: ["x"], outputs: ["y"], name: "outer" };
  assert.deepEqual(find({ nodes: [call], functions })?.node, "outer/inner/noise");
  // One that nothing calls.
  assert.equal(find({ nodes: [{ op: "Tanh", inputs: ["x"], outputs: ["y"] }], functions }), undefined);
});

test("a random number that only the body of a loop reads, by its name outside", () => {
  const body = inBody([{ op: "Add", inputs: ["x", "n"], outputs: ["inside"] }]);
  assert.equal(find({ nodes: [noise, body] })?.node, "noise");
});

test("one that the output does not depend on, and an operator of that name in another domain, are let through", () => {
  assert.equal(find({ nodes: [noise, { op: "Tanh", inputs: ["x"], outputs: ["y"] }] }), undefined);
  assert.equal(find({ nodes: [{ ...noise, domain: "mine" }, add] }), undefined);
});

const dropout = (mode?: string): HandNode => ({
  op: "Dropout",
  inputs: mode === undefined ? ["x"] : ["x", "", mode],
  outputs: ["y"],
  name: "drop",
});
const flag = (value: number) => ({ name: "t", dims: [], type: BOOL, bytes: Uint8Array.of(value) });
const constantFlag = (value: number): HandNode => ({
  op: "Constant",
  outputs: ["t"],
  attributes: [{ name: "value", type: 4, t: { dataType: BOOL, int32Data: [value] } }],
});

test("Dropout is refused in training mode, or where its mode is no constant", () => {
  assert.equal(find({ nodes: [dropout()] }), undefined);
  assert.equal(find({ nodes: [dropout("t")], tensors: [flag(0)] }), undefined);
  assert.equal(find({ nodes: [constantFlag(0), dropout("t")] }), undefined);
  assert.equal(find({ nodes: [dropout("t")], tensors: [flag(1)] })?.node, "drop");
  assert.equal(find({ nodes: [constantFlag(1), dropout("t")] })?.node, "drop");
  assert.match(
    find({ nodes: [{ op: "Not", inputs: ["c"], outputs: ["t"] }, dropout("t")] })!.why,
    /no constant/,
  );
});

test("BatchNormalization is refused in training mode", () => {
  const norm = (outputs: readonly string[], training?: number): HandNode => ({
    op: "BatchNormalization",
    inputs: ["x", "s", "b", "m", "v"],
    outputs,
    name: "norm",
    attributes: training === undefined ? [] : [{ name: "training_mode", type: 2, i: training }],
  });
  assert.equal(find({ nodes: [norm(["y"])] }), undefined);
  assert.equal(find({ nodes: [norm(["y"], 0)] }), undefined);
  assert.equal(find({ nodes: [norm(["y", "m2", "v2"], 1)] })?.node, "norm");
  assert.equal(find({ nodes: [norm(["y", "m2", "v2", "sm", "sv"])], opset: 9 })?.node, "norm");
});
