import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import onnxProto from "onnx-proto";
import { makeBase } from "../../../src/model/base.ts";
import { readOnnxFile } from "../../../src/model/onnx-file.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Base } from "../../../src/model/types.ts";
import { userBase } from "../../../src/model/user-base.ts";
import { type HandTensor, handModel, nodeProto, tensorProto } from "../../helpers/onnx-files.ts";

const { onnx } = onnxProto;

const home = mkdtempSync(join(tmpdir(), "tributary-onnx-file-"));
after(() => rmSync(home, { recursive: true, force: true }));
let folders = 0;

const weights = Float32Array.from({ length: 16 }, (_, i) => i / 7 - 1);
const bytes = new Uint8Array(weights.buffer);
/** 8 bytes of something else stand before the weights, and 5 behind them. */
const data = Buffer.concat([Buffer.alloc(8, 1), bytes, Buffer.alloc(5, 2)]);
const fine = [
  ["location", "model.onnx.data"],
  ["offset", "8"],
  ["length", "64"],
] as const;

const product = { op: "MatMul", inputs: ["x", "w"], outputs: ["y"] };
const outside = (external: HandTensor["external"], more: Partial<HandTensor> = {}): HandTensor => ({
  name: "w",
  dims: [4, 4],
  ...more,
  ...(external && { external }),
});

/** A folder with a model of y = x·w, and its data. */
function folderWith(tensor: HandTensor, content: Uint8Array = data): string {
  const folder = join(home, String(folders++), "model");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "model.onnx"), handModel({ nodes: [product], tensors: [tensor] }));
  writeFileSync(join(folder, "model.onnx.data"), content);
  return folder;
}

const read = (folder: string): Uint8Array => readOnnxFile(join(folder, "model.onnx"));
const ports = { input: { name: "x", width: 4 }, output: { name: "y", width: 4 } };
const baseOf = (graph: Uint8Array): Base => userBase({ kind: "numeric", width: 4 }, { graph, ...ports });

async function answer(base: Base): Promise<number[]> {
  const open = await openBase(base);
  const h = await open.hidden(Float64Array.of(1, 2, 3, 4));
  await open.close();
  return Array.from(h);
}

const inside = handModel({ nodes: [product], tensors: [{ name: "w", dims: [4, 4], bytes }] });

test("weights beside the model become part of the graph, wherever the process works", async () => {
  const folder = folderWith(outside(fine));
  const expected = await answer(baseOf(inside));
  assert.deepEqual(await answer(baseOf(read(folder))), expected);
  const before = process.cwd();
  process.chdir(tmpdir());
  try {
    assert.deepEqual(await answer(baseOf(read(folder))), expected);
  } finally {
    process.chdir(before);
  }
});

test("a model with its weights inside stays the same bytes", () => {
  const folder = folderWith({ name: "w", dims: [4, 4], bytes });
  assert.deepEqual(Buffer.from(read(folder)), Buffer.from(inside));
});

test("the digest binds each byte of the weights, and nothing else of the data file", () => {
  const whole = baseOf(read(folderWith(outside(fine)))).digest;
  for (const at of [8, 40, 71]) {
    const changed = Buffer.from(data);
    changed[at]! ^= 1;
    assert.notEqual(baseOf(read(folderWith(outside(fine), changed))).digest, whole, `byte ${at}`);
  }
  const beyond = Buffer.from(data);
  beyond[0]! ^= 1;
  assert.equal(baseOf(read(folderWith(outside(fine), beyond))).digest, whole);
});

const at = (location: string): HandTensor["external"] => [["location", location], ...fine.slice(1)];
const refused = (folder: string, details: RegExp): void => {
  assert.throws(
    () => read(folder),
    (error: { code?: string; details?: string }) => {
      assert.equal(error.code, "TRB_MODEL_EXTERNAL_DATA", String(error));
      assert.match(error.details ?? "", details);
      return true;
    },
  );
};

test("attack: a location that leads out of the model's folder is not read", () => {
  const folder = folderWith(outside(fine));
  const secret = join(folder, "..", "secret");
  writeFileSync(secret, data);
  const write = (location: string): void =>
    writeFileSync(
      join(folder, "model.onnx"),
      handModel({ nodes: [product], tensors: [outside(at(location))] }),
    );
  for (const location of [
    "../secret",
    "./../secret",
    "sub/../../secret",
    "..\\secret",
    "model/../../secret",
  ]) {
    write(location);
    refused(folder, /out of the folder/);
  }
  for (const location of [secret, "/etc/passwd", "\\\\host\\secret", "C:\\secret", "c:/secret"]) {
    write(location);
    refused(folder, /absolute/);
  }
  symlinkSync(secret, join(folder, "link"));
  symlinkSync("..", join(folder, "up"));
  for (const location of ["link", "up/secret"]) {
    write(location);
    refused(folder, /a link out of the folder/);
  }
  // ONNX Runtime's own name for an address in memory.
  for (const location of ["*/_ORT_MEM_ADDR_/*", "nowhere"]) {
    write(location);
    refused(folder, /ENOENT/);
  }
  write("model.onnx.data\0");
  refused(folder, /out of the folder/);
});

test("links and folders that stay inside are read", async () => {
  const folder = folderWith(outside(at("sub/weights")));
  mkdirSync(join(folder, "sub"));
  symlinkSync("../model.onnx.data", join(folder, "sub", "weights"));
  assert.deepEqual(await answer(baseOf(read(folder))), await answer(baseOf(inside)));
});

test("attack: what is no regular file, or is shorter than it should be", () => {
  const folder = folderWith(outside(at("pipe")));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  refused(folder, /TRB_FILE_NOT_A_FILE/);
  refused(folderWith(outside(at("."))), /out of the folder/);
  refused(folderWith(outside(fine), data.subarray(0, 71)), /bytes 8 to 72 of a file of 71/);
  refused(folderWith(outside(fine), Buffer.alloc(0)), /of a file of 0/);
  const locked = folderWith(outside(fine));
  chmodSync(join(locked, "model.onnx.data"), 0);
  if (process.getuid?.() !== 0) refused(locked, /EACCES/);
});

test("attack: offsets, lengths and shapes that do not go together", () => {
  const [location] = fine;
  const cases: readonly (readonly [HandTensor, RegExp])[] = [
    [outside([location, ["offset", "-1"]]), /offset is -1/],
    [outside([location, ["offset", "1e3"]]), /offset is 1e3/],
    [outside([location, ["offset", "99999999999999999999"]]), /offset is 9+/],
    [outside([location, ["offset", "9007199254740991"]]), /of a file of 77/],
    [outside([location, ["length", "63"]]), /length is 63/],
    [outside([location, ["length", "68"]]), /length is 68/],
    [outside([location, location]), /location is there twice/],
    [outside([]), /no location/],
    [outside(fine, { dims: [-4, -4] }), /shape is/],
    [outside(fine, { dims: [2 ** 40, 2 ** 40] }), /shape is/],
    [outside(fine, { type: 8 }), /no fixed size/],
  ];
  for (const [tensor, details] of cases) refused(folderWith(tensor), details);
});

test("attack: more weights than a graph can hold are refused before they are read", () => {
  const huge = 2 ** 31 - 64;
  const folder = folderWith(outside([["location", "model.onnx.data"]], { dims: [huge / 4] }));
  // Sparse: it takes no room.
  truncateSync(join(folder, "model.onnx.data"), huge);
  assert.throws(() => read(folder), { code: "TRB_MODEL_TOO_LARGE" });
  truncateSync(join(folder, "model.onnx"), 3 * 2 ** 30);
  assert.throws(() => read(folder), { code: "TRB_FILE_TOO_LARGE" });
});

test("attack: a graph that still has weights elsewhere is opened by nobody", async () => {
  const folder = folderWith(outside(fine));
  const before = process.cwd();
  const graph = handModel({ nodes: [product], tensors: [outside(fine)] });
  const code = { code: "TRB_MODEL_EXTERNAL_DATA" };
  assert.throws(() => baseOf(graph), code);
  // As it may lie in a workspace of somebody else: ONNX Runtime would find the file in the working directory.
  process.chdir(folder);
  try {
    await assert.rejects(
      openBase(makeBase({ preprocessing: { kind: "numeric", width: 4 }, graph, ...ports })),
      code,
    );
  } finally {
    process.chdir(before);
  }
});

/** Places besides a graph's own constants in which a tensor may stand. */
const hidden: Readonly<Record<string, (tensor: object) => object>> = {
  "a Constant node": (t) => ({
    node: [nodeProto({ op: "Constant", outputs: ["c"], attributes: [{ name: "value", type: 4, t }] })],
  }),
  "a list of tensors": (t) => ({
    node: [nodeProto({ op: "Other", outputs: ["c"], attributes: [{ name: "all", type: 9, tensors: [t] }] })],
  }),
  "a branch": (t) => ({
    node: [
      nodeProto({
        op: "If",
        outputs: ["c"],
        attributes: [{ name: "then_branch", type: 5, g: { initializer: [t] } }],
      }),
    ],
  }),
  "a list of graphs": (t) => ({
    node: [
      nodeProto({
        op: "Other",
        outputs: ["c"],
        attributes: [{ name: "all", type: 10, graphs: [{ initializer: [t] }] }],
      }),
    ],
  }),
  "a sparse constant": (t) => ({ sparseInitializer: [{ values: t }] }),
  "a sparse attribute": (t) => ({
    node: [
      nodeProto({
        op: "Constant",
        outputs: ["c"],
        attributes: [{ name: "sparse_value", type: 11, sparseTensor: { indices: t } }],
      }),
    ],
  }),
};

for (const [where, place] of Object.entries(hidden)) {
  test(`attack: weights elsewhere in ${where} are found`, () => {
    const graph = place(tensorProto(outside(at("../secret"))));
    const file = onnx.ModelProto.encode({ irVersion: 8, graph } as never).finish();
    const folder = folderWith(outside(fine));
    writeFileSync(join(folder, "model.onnx"), file);
    refused(folder, /out of the folder/);
  });
}

test("attack: a second graph that one reader would merge and another one overlook", () => {
  const twice = (tensor: HandTensor): Uint8Array =>
    Buffer.concat([handModel({ nodes: [product], tensors: [tensor] }), inside]);
  const folder = folderWith(outside(fine));
  writeFileSync(join(folder, "model.onnx"), twice({ name: "w", dims: [4, 4], bytes }));
  assert.throws(() => read(folder), { code: "TRB_MODEL_MALFORMED_ONNX" });
});

test("files that are no models, or not there", () => {
  const folder = folderWith(outside(fine));
  writeFileSync(join(folder, "model.onnx"), Buffer.from("not a model"));
  assert.throws(() => read(folder), { code: "TRB_MODEL_MALFORMED_ONNX" });
  assert.throws(() => readOnnxFile(join(folder, "none.onnx")), { code: "TRB_FILE_NOT_FOUND" });
  assert.throws(() => readOnnxFile(folder), { code: "TRB_FILE_NOT_A_FILE" });
  execFileSync("mkfifo", [join(folder, "pipe.onnx")]);
  assert.throws(() => readOnnxFile(join(folder, "pipe.onnx")), { code: "TRB_FILE_NOT_A_FILE" });
  assert.throws(() => readOnnxFile("/dev/zero"), { code: "TRB_FILE_NOT_A_FILE" });
});
