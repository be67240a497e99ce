import assert from "node:assert/strict";
import { test } from "node:test";
import { openBase } from "../../../src/model/session.ts";
import { type OnnxBase, userBase } from "../../../src/model/user-base.ts";
import { extendGraph } from "../../../src/numeric/onnx/graph.ts";
import { checkOnnx } from "../../../src/operations/training/check-base.ts";
import { type HandModel, type HandNode, handModel } from "../../helpers/onnx-files.ts";

const [FLOAT, INT64, FLOAT16, DOUBLE, BFLOAT16] = [1, 7, 10, 11, 16];

const node = (op: string, inputs: readonly string[], output = "y"): HandNode => ({
  op,
  inputs,
  outputs: [output],
});
const cast = (input: string, output: string, to: number): HandNode => ({
  ...node("Cast", [input], output),
  attributes: [{ name: "to", type: 2, i: to }],
});
const onnxOf = (model: HandModel): OnnxBase => ({
  graph: handModel(model),
  input: { name: "x", width: 4 },
  output: { name: "y", width: 4 },
});
const baseOf = (model: HandModel) => userBase({ kind: "numeric", width: 4 }, onnxOf(model));

for (const [name, type] of Object.entries({ float16: FLOAT16, bfloat16: BFLOAT16, float64: DOUBLE })) {
  test(`a graph whose input is ${name} is refused with the type's name`, () => {
    assert.throws(
      () => baseOf({ nodes: [node("Neg", ["x"])], type }),
      (error: { code?: string; details?: string }) =>
        error.code === "TRB_MODEL_PRECISION" && error.details === `it is ${name}`,
    );
  });
}

test("half precision inside: float16 runs between casts, and bfloat16 without a kernel is said to be it", async () => {
  const inside = (type: number): HandModel => ({
    nodes: [cast("x", "a", type), node("MatMul", ["a", "w"], "b"), cast("b", "y", FLOAT)],
    tensors: [{ name: "w", dims: [4, 4], type, bytes: new Uint8Array(32) }],
  });
  const open = await openBase(baseOf(inside(FLOAT16)));
  assert.deepEqual(Array.from(await open.hidden(new Float64Array(4))), [0, 0, 0, 0]);
  await open.close();
  await assert.rejects(openBase(baseOf(inside(BFLOAT16))), (error: { code?: string; details?: string }) => {
    assert.equal(error.code, "TRB_MODEL_MALFORMED_ONNX");
    assert.match(error.details ?? "", /its constant w is bfloat16/);
    return true;
  });
});

/** Graphs that leave the finite numbers at 0, with the node that does. */
const LEAVING: Readonly<Record<string, { nodes: readonly HandNode[]; culprit: RegExp }>> = {
  "the logarithm of 0": {
    nodes: [node("Relu", ["x"], "r"), node("Log", ["r"], "l"), node("Neg", ["l"])],
    culprit: /node l \(Log\)/,
  },
  "a division by 0": {
    nodes: [node("Reciprocal", ["x"], "i"), node("Abs", ["i"])],
    culprit: /node i \(Reciprocal\)/,
  },
  "0 over 0": { nodes: [node("Div", ["x", "x"], "d"), node("Exp", ["d"])], culprit: /node d \(Div\)/ },
};

for (const [what, { nodes, culprit }] of Object.entries(LEAVING)) {
  test(`${what} is refused by the node's name, and the next row is read`, async () => {
    const open = await openBase(baseOf({ nodes }));
    await assert.rejects(
      open.encode([Float64Array.of(1, 0, 2, 3)]),
      (error: { code?: string; details?: string }) => {
        assert.equal(error.code, "TRB_MODEL_OUTPUT");
        assert.match(error.details ?? "", culprit);
        return true;
      },
    );
    await open.encode([Float64Array.of(1, 2, 3, 4)]);
    await open.close();
  });
}

test("a graph that ONNX Runtime fails in is refused by the node's name, and the next row is read", async () => {
  const whole = [
    cast("x", "i", INT64),
    { ...node("Div", ["i", "i"], "d"), name: "whole" },
    cast("d", "y", FLOAT),
  ];
  const open = await openBase(baseOf({ nodes: whole }));
  await assert.rejects(
    open.encode([Float64Array.of(1, 0, 2, 3)]),
    (error: { code?: string; details?: string }) => {
      assert.equal(error.code, "TRB_MODEL_RUN");
      assert.match(error.details ?? "", /node whole \(Div\): .*zero/);
      return true;
    },
  );
  await open.encode([Float64Array.of(1, 2, 3, 4)]);
  await open.close();
});

test("a graph is checked before anything is read: ports, and what adapters reach through", async () => {
  const tanh = onnxOf({ nodes: [node("Tanh", ["x"])] });
  await checkOnnx(tanh, { kind: "linear" });
  await assert.rejects(checkOnnx(tanh, { kind: "lora" }), { code: "TRB_MODEL_TARGET" });
  await assert.rejects(checkOnnx(onnxOf({ nodes: [node("Exp", ["x"])] }), { kind: "lora" }), {
    code: "TRB_MODEL_OPERATOR",
  });
  await assert.rejects(checkOnnx({ ...tanh, output: { name: "z", width: 4 } }, { kind: "linear" }), {
    code: "TRB_MODEL_NAME",
  });
});

test("what is added to a graph leaves the rest of it as it was, fields that are not known included", async () => {
  const functions = [{ name: "Own", domain: "mine", nodes: [node("Tanh", ["x"])] }];
  const call = { ...node("Own", ["x"]), domain: "mine" };
  // Field 26 of a model: configurations of several devices.
  const unknown = Uint8Array.of(0xd2, 0x01, 3, 10, 1, 65);
  const file = Buffer.concat([handModel({ nodes: [call], functions }), unknown]);
  const graph = extendGraph(file, {
    constants: [],
    nodes: [{ op: "Neg", inputs: ["y"], output: "z" }],
    outputs: [{ name: "z", dims: [1, 4] }],
  });
  assert.ok(Buffer.from(graph).includes(Buffer.from(unknown)));
  const ports = { input: { name: "x", width: 4 }, output: { name: "z", width: 4 } };
  const open = await openBase(userBase({ kind: "numeric", width: 4 }, { graph, ...ports }));
  const h = await open.hidden(Float64Array.of(1, -1, 0, 2));
  await open.close();
  assert.ok(Math.abs(h[0]! + Math.tanh(1)) < 1e-6);
});
