import assert from "node:assert/strict";
import { test } from "node:test";
import onnxProto from "onnx-proto";
import { openSession } from "../../../../src/numeric/onnx/device.ts";
import { fieldsOf } from "../../../../src/numeric/onnx/fields.ts";
import { lowerVersions } from "../../../../src/numeric/onnx/versions.ts";
import { graphAttribute, type HandNode, handModel } from "../../../helpers/onnx-files.ts";

const { onnx } = onnxProto;

const tanh: HandNode = { op: "Tanh", inputs: ["x"], outputs: ["y"] };

function versionsOf(file: Uint8Array): { ir: number; opset: number } {
  const { irVersion, opsetImport } = onnx.ModelProto.decode(file);
  return { ir: Number(irVersion), opset: Number(opsetImport[0]!.version) };
}

test("a file that is old enough stays as it is", () => {
  for (const [ir, opset] of [
    [8, 17],
    [13, 26],
  ] as const) {
    const file = handModel({ nodes: [tanh], ir, opset });
    assert.equal(lowerVersions(file), file);
  }
});

test("newer numbers over the same operators are lowered, and ONNX Runtime loads what it refused", async () => {
  for (const [ir, opset] of [
    [14, 17],
    [14, 28],
    [13, 27],
    [10, 28],
  ] as const) {
    const file = handModel({ nodes: [tanh], ir, opset });
    await assert.rejects(openSession(file, "cpu"));
    const lowered = lowerVersions(file);
    assert.deepEqual(versionsOf(lowered), { ir: Math.min(ir, 13), opset: Math.min(opset, 26) });
    await (await openSession(lowered, "cpu")).release();
  }
});

test("an operator that changed in its types only is lowered", async () => {
  const file = handModel({ nodes: [{ op: "Celu", inputs: ["x"], outputs: ["y"] }], ir: 14, opset: 28 });
  await (await openSession(lowerVersions(file), "cpu")).release();
});

test("a function's own operator sets are lowered, too", async () => {
  const call = { op: "Own", domain: "mine", inputs: ["x"], outputs: ["y"] };
  const functions = [{ name: "Own", domain: "mine", nodes: [tanh] }];
  const file = handModel({ nodes: [call], functions, ir: 14, opset: 28 });
  await (await openSession(lowerVersions(file), "cpu")).release();
});

const attribute = (name: string) => ({ name, type: onnx.AttributeProto.AttributeType.INT, i: 1 });
const changed: Readonly<Record<string, HandNode>> = {
  "an operator that is new": { op: "SwiGLU", inputs: ["x"], outputs: ["y"], name: "gate" },
  "an operator that means more": { op: "BitShift", inputs: ["x", "x"], outputs: ["y"], name: "gate" },
  "an attribute that is new": {
    op: "Range",
    inputs: ["x", "x", "x"],
    outputs: ["y"],
    name: "gate",
    attributes: [attribute("stash_type")],
  },
};

for (const [what, node] of Object.entries(changed)) {
  test(`${what} is refused with both versions and the node's name, in a branch and in a function as well`, () => {
    const inBranch = {
      op: "If",
      inputs: ["x"],
      outputs: ["y"],
      attributes: [graphAttribute("then_branch", [node])],
    };
    const call = { op: "Own", domain: "mine", inputs: ["x"], outputs: ["y"] };
    const functions = [{ name: "Own", domain: "mine", nodes: [node] }];
    const models = [{ nodes: [node] }, { nodes: [inBranch] }, { nodes: [call], functions }];
    for (const model of models) {
      assert.throws(
        () => lowerVersions(handModel({ ...model, ir: 14, opset: 28 })),
        (error: { code?: string; details?: string }) =>
          error.code === "TRB_MODEL_VERSION" && /14.*28.*13.*26.*gate/.test(error.details ?? ""),
      );
    }
  });
}

test("an attribute's operator without the attribute, and one of its name in another domain, are lowered", () => {
  const range = { ...changed["an attribute that is new"]!, attributes: [] };
  assert.equal(versionsOf(lowerVersions(handModel({ nodes: [range], opset: 28 }))).opset, 26);
  const own = { ...changed["an operator that is new"]!, domain: "mine" };
  assert.equal(versionsOf(lowerVersions(handModel({ nodes: [own], opset: 28 }))).opset, 26);
});

test("versions that nothing is known of, and types that came with the newest, are refused", () => {
  const code = { code: "TRB_MODEL_VERSION" };
  assert.throws(() => lowerVersions(handModel({ nodes: [tanh], opset: 29 })), code);
  assert.throws(() => lowerVersions(handModel({ nodes: [tanh], ir: 15 })), code);
  const tensors = [{ name: "w", dims: [4], type: 27, bytes: new Uint8Array(3) }];
  assert.throws(() => lowerVersions(handModel({ nodes: [tanh], tensors, ir: 14 })), code);
});

test("what a newer file has besides is kept, byte by byte", () => {
  const file = handModel({ nodes: [tanh], ir: 14, opset: 28 });
  // Field 26 of a model: configurations of several devices, which this reader knows nothing of.
  const unknown = Uint8Array.of(0xd2, 0x01, 3, 10, 1, 65);
  const lowered = lowerVersions(Buffer.concat([file, unknown]));
  const graphs = [file, lowered].map(
    (one) => Array.from(fieldsOf(one)).find(({ number }) => number === 7)!.bytes,
  );
  assert.deepEqual(Buffer.from(graphs[1]!), Buffer.from(graphs[0]!));
  assert.deepEqual(Buffer.from(lowered.subarray(-unknown.length)), Buffer.from(unknown));
});
