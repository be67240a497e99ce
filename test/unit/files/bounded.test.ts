import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { z } from "zod";
import { onnxFrom } from "../../../src/cli/onnx-options.ts";
import { sourceRows } from "../../../src/datanet/source/rows.ts";
import { openArtifact, sha256, writeArtifact } from "../../../src/files/artifact.ts";
import { readBounded } from "../../../src/files/bounded.ts";
import { readJson, readText } from "../../../src/files/disk.ts";
import { openSectionFile } from "../../../src/files/section-file.ts";
import { bundleSource } from "../../../src/operations/bundle-source.ts";
import { readRequests } from "../../../src/operations/request-file.ts";
import { fileDigest } from "../../../src/proof/keys.ts";
import { openKeystore } from "../../../src/settlement/keystore.ts";
import { loadChainRecord } from "../../../src/workspace/chain-record.ts";
import { workspaceAt } from "../../../src/workspace/workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "tributary-bounded-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);

/** Three gigabytes that take no room. */
const sparse = path("sparse");
writeFileSync(sparse, "");
truncateSync(sparse, 3 * 2 ** 30);
/** A pipe that nobody writes into: who opens it waits for ever. */
const pipe = path("pipe");
execFileSync("mkfifo", ["-m", "600", pipe]);
mkdirSync(path("inner"));
const socket = createServer().listen(path("socket"));
after(() => socket.close());

const notFiles = { pipe, device: "/dev/zero", folder: path("inner") };
const lines = async (file: string) => {
  const columns = { text: "text", label: "label" };
  for await (const _ of sourceRows({ file, columns }, { dimension: null, labels: null }));
};

/** Everything that reads a file that a user names, with its refusal of what is not one, and of what is too large. */
const readers: readonly [string, (file: string) => unknown, string, string | undefined][] = [
  ["a text", readText, "TRB_FILE_NOT_A_FILE", "TRB_FILE_TOO_LARGE"],
  ["a record", (file) => readJson(file, z.unknown()), "TRB_FILE_NOT_A_FILE", "TRB_FILE_TOO_LARGE"],
  ["requests", readRequests, "TRB_FILE_NOT_A_FILE", "TRB_FILE_TOO_LARGE"],
  ["a bundle", (file) => bundleSource(file)(), "TRB_FILE_NOT_A_FILE", "TRB_BUNDLE_TOO_LARGE"],
  [
    "a deployment",
    (deploymentFile) => loadChainRecord(workspaceAt(folder), { rpc: "http://127.0.0.1:1", deploymentFile }),
    "TRB_FILE_NOT_A_FILE",
    "TRB_FILE_TOO_LARGE",
  ],
  [
    "a graph",
    (onnx) => onnxFrom({ onnx, input: { name: "x", width: 1 }, output: { name: "y", width: 1 } }),
    "TRB_FILE_NOT_A_FILE",
    "TRB_FILE_TOO_LARGE",
  ],
  // Read in parts, however large: only what has no end is refused.
  ["rows", lines, "TRB_DATANET_FILE_UNREADABLE", undefined],
  ["a key", (file) => fileDigest(file), "TRB_FILE_NOT_A_FILE", undefined],
  ["a container", (file) => openSectionFile(file, "zkey"), "TRB_FILE_NOT_A_FILE", undefined],
];

/** A reader that waits or reads on would keep the test from its end: five seconds are for a slow machine. */
for (const [what, read, refusal, tooLarge] of readers) {
  test(`${what}: a pipe, a device and a folder are refused at once`, { timeout: 5_000 }, async () => {
    for (const [kind, file] of Object.entries(notFiles)) {
      await assert.rejects(async () => read(file), { code: refusal }, kind);
    }
  });
  if (tooLarge === undefined) continue;
  test(`${what}: three gigabytes of nothing are refused at once`, { timeout: 5_000 }, async () => {
    await assert.rejects(async () => read(sparse), { code: tooLarge });
  });
}

test("a keystore: a pipe and gigabytes are refused", { timeout: 5_000 }, async () => {
  await assert.rejects(openKeystore(pipe, "x"), { code: "TRB_FILE_NOT_A_FILE" });
  execFileSync("chmod", ["600", sparse]);
  await assert.rejects(openKeystore(sparse, "x"), { code: "TRB_FILE_TOO_LARGE" });
});

test("a file of an artifact is read as far as its manifest says", () => {
  const at = path("artifact");
  const bytes = new Uint8Array([1, 2, 3]);
  writeArtifact(at, { format: "tributary-test", body: {}, files: { "a.bin": bytes } });
  const open = () => openArtifact(at, "tributary-test", z.strictObject({}), "MODEL");
  assert.equal(sha256(open().read("a.bin")!), sha256(bytes));
  truncateSync(join(at, "a.bin"), 3 * 2 ** 30);
  assert.throws(() => open().read("a.bin"), { code: "TRB_MODEL_FILE_DIGEST" });
  rmSync(join(at, "a.bin"));
  execFileSync("mkfifo", [join(at, "a.bin")]);
  assert.throws(() => open().read("a.bin"), { code: "TRB_MODEL_FILE_DIGEST" });
  assert.throws(() => open().check("a.bin"), { code: "TRB_MODEL_FILE_DIGEST" });
});

test("a file of exactly the limit is read, one byte more is not", () => {
  writeFileSync(path("small"), "12345");
  assert.equal(readBounded(path("small"), 5).toString(), "12345");
  assert.throws(() => readBounded(path("small"), 4), { code: "TRB_FILE_TOO_LARGE" });
  writeFileSync(path("empty"), "");
  assert.equal(readBounded(path("empty"), 0).length, 0);
  // Its size is said to be 0, and it has bytes all the same.
  assert.ok(readBounded("/proc/self/status", 2 ** 16).length > 0);
  assert.throws(() => readBounded("/proc/self/status", 10), { code: "TRB_FILE_TOO_LARGE" });
});
