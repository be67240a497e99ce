import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBase } from "../../../src/model/base.ts";
import { importNetwork } from "../../../src/model/network/import.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Base } from "../../../src/model/types.ts";
import { runNetwork } from "../../../src/numeric/network/run.ts";
import { type HandNode, type HandTensor, handModel } from "../../helpers/onnx-files.ts";

const ROW = [0.5, -2, 3, 1];
const [FLOAT, INT64, FLOAT16, BOOL, DOUBLE] = [1, 7, 10, 9, 11];

const baseOf = (nodes: readonly HandNode[], tensors: readonly HandTensor[] = []): Base =>
  makeBase({
    preprocessing: { kind: "numeric", width: 4 },
    input: { name: "x", width: 4 },
    output: { name: "y", width: 4 },
    graph: handModel({ nodes, tensors, opset: 19 }),
  });

const constant = (outputs: string, attribute: Record<string, unknown>): HandNode => ({
  op: "Constant",
  outputs: [outputs],
  attributes: [attribute],
});
const cast = (input: string, output: string, to: number): HandNode => ({
  op: "Cast",
  inputs: [input],
  outputs: [output],
  attributes: [{ name: "to", type: 2, i: to }],
});
const node = (op: string, inputs: readonly string[], output = "y"): HandNode => ({
  op,
  inputs,
  outputs: [output],
});
const bytesOf = (values: Float32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Graphs as exporters write them, whose networks have this many nodes. */
const FOLDED: Readonly<
  Record<string, { nodes: readonly HandNode[]; tensors?: readonly HandTensor[]; left: number }>
> = {
  value_float: {
    nodes: [constant("c", { name: "value_float", type: 1, f: 2.5 }), node("Mul", ["x", "c"])],
    left: 1,
  },
  value_floats: {
    nodes: [constant("c", { name: "value_floats", type: 6, floats: [1, 2, 3, 4] }), node("Add", ["x", "c"])],
    left: 1,
  },
  "value_int as an exponent": {
    nodes: [constant("c", { name: "value_int", type: 2, i: 2 }), node("Pow", ["x", "c"])],
    left: 1,
  },
  "value_ints as a shape": {
    nodes: [
      constant("c", { name: "value_ints", type: 7, ints: [1, 2, 2] }),
      node("Reshape", ["x", "c"], "t"),
      { op: "Flatten", inputs: ["t"], outputs: ["y"] },
    ],
    left: 2,
  },
  "value as a tensor": {
    nodes: [
      constant("c", { name: "value", type: 4, t: { dims: [4], dataType: FLOAT, floatData: [4, 3, 2, 1] } }),
      node("Sub", ["x", "c"]),
    ],
    left: 1,
  },
  "a cast to the same type, an Identity and a Dropout": {
    nodes: [
      cast("x", "a", FLOAT),
      node("Identity", ["a"], "b"),
      node("Dropout", ["b"], "d"),
      node("Tanh", ["d"]),
    ],
    left: 1,
  },
  "CastLike of two of one type": {
    nodes: [node("CastLike", ["x", "x"], "a"), node("Neg", ["a"])],
    left: 1,
  },
  "a constant of integers that becomes one of float32": {
    nodes: [cast("n", "m", FLOAT), node("Mul", ["x", "m"])],
    tensors: [{ name: "n", dims: [4], type: INT64, bytes: bytesOf(BigInt64Array.of(1n, -2n, 3n, 4n)) }],
    left: 1,
  },
  "a cast of integers to integers, as a shape": {
    nodes: [cast("n", "m", INT64), node("Reshape", ["x", "m"])],
    tensors: [{ name: "n", dims: [2], type: INT64, bytes: bytesOf(BigInt64Array.of(1n, 4n)) }],
    left: 1,
  },
  "operators on constants alone": {
    nodes: [node("Neg", ["c"], "d"), node("Mul", ["d", "d"], "e"), node("Add", ["x", "e"])],
    tensors: [{ name: "c", dims: [4], bytes: bytesOf(Float32Array.of(1, 2, 3, 4)) }],
    left: 1,
  },
};

for (const [what, { nodes, tensors, left }] of Object.entries(FOLDED)) {
  test(`folded: ${what}`, async () => {
    const base = baseOf(nodes, tensors);
    const network = importNetwork(base);
    assert.equal(network.nodes.length, left);
    const input = { dims: [1, 4], values: Float64Array.from(ROW) };
    const own = runNetwork(network, new Map([["x", input]])).get(network.output)!.values;
    const open = await openBase(base);
    const found = await open.hidden(Float64Array.from(ROW));
    await open.close();
    found.forEach((value, i) => {
      assert.ok(Math.abs(value - own[i]!) < 1e-6 * (1 + Math.abs(value)), `${value}, ${own[i]}`);
    });
  });
}

const half: HandTensor = { name: "w", dims: [4, 4], type: FLOAT16, bytes: new Uint8Array(32) };
/** What cannot be folded, and what is said of it. */
const REFUSED: Readonly<
  Record<string, { nodes: readonly HandNode[]; tensors?: readonly HandTensor[]; why: RegExp }>
> = {
  "a cast to float16": {
    nodes: [cast("x", "a", FLOAT16), node("MatMul", ["a", "w"], "b"), cast("b", "y", FLOAT)],
    tensors: [half],
    why: /node a \(Cast\): a cast to float16/,
  },
  "a constant of float16": {
    nodes: [cast("w", "v", FLOAT), node("MatMul", ["x", "v"])],
    tensors: [half],
    why: /node v \(Cast\).*its constant w is float16/,
  },
  "a cast to float64": { nodes: [cast("x", "a", DOUBLE), cast("a", "y", FLOAT)], why: /a cast to float64/ },
  "a constant of truth values": {
    nodes: [node("Mul", ["x", "t"])],
    tensors: [{ name: "t", dims: [], type: BOOL, bytes: Uint8Array.of(1) }],
    why: /its constant t is bool/,
  },
  "an output that does not depend on the input": {
    nodes: [node("Neg", ["c"])],
    tensors: [{ name: "c", dims: [1, 4], bytes: bytesOf(Float32Array.of(1, 2, 3, 4)) }],
    why: /output y does not depend/,
  },
  "a name that is taken when an operator is taken apart": {
    nodes: [
      node("Neg", ["x"], "y.mean"),
      { op: "LayerNormalization", inputs: ["y.mean", "c"], outputs: ["y"] },
    ],
    tensors: [{ name: "c", dims: [4], bytes: bytesOf(Float32Array.of(1, 2, 3, 4)) }],
    why: /two tensors named y.mean/,
  },
  "a reduction over everything": {
    nodes: [node("ReduceSum", ["x", "none"])],
    tensors: [{ name: "none", dims: [0], type: INT64, bytes: new Uint8Array() }],
    why: /no axes/,
  },
};

for (const [what, { nodes, tensors, why }] of Object.entries(REFUSED)) {
  test(`refused by name: ${what}`, () => {
    assert.throws(
      () => importNetwork(baseOf(nodes, tensors)),
      (error: { code?: string; details?: string }) => {
        assert.equal(error.code, "TRB_MODEL_OPERATOR", String(error));
        assert.match(error.details ?? "", why);
        return true;
      },
    );
  });
}
