import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { z } from "zod";
import {
  type Artifact,
  openArtifact,
  readArtifact,
  sha256,
  writeArtifact,
} from "../../../src/files/artifact.ts";
import { watchDrafts } from "../../../src/files/drafts.ts";

const schema = z.strictObject({ note: z.string() });
const artifact = (note: string): Artifact<z.infer<typeof schema>> => ({
  format: "tributary-test",
  body: { note },
  files: { "data.bin": new TextEncoder().encode(note) },
});
const noteOf = (folder: string): string => readArtifact(folder, "tributary-test", schema, "MODEL").body.note;

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "tributary-artifact-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test("an artifact is read as it was written, and replaced as a whole", () => {
  const folder = join(parent, "model");
  writeArtifact(folder, artifact("one"));
  assert.equal(noteOf(folder), "one");
  writeArtifact(folder, artifact("two"));
  assert.equal(noteOf(folder), "two");
  assert.deepEqual(readdirSync(parent), ["model"]);
});

test("a draft is told of when it is begun and again before it takes its folder's place: a process may end then", () => {
  const folder = join(parent, "model");
  writeArtifact(folder, artifact("one"));
  const told: [boolean, string][] = [];
  watchDrafts((path, begun) => {
    assert.ok(path.startsWith(join(parent, ".model.")));
    told.push([begun, noteOf(folder)]);
  });
  try {
    writeArtifact(folder, artifact("two"));
  } finally {
    watchDrafts(() => {});
  }
  assert.deepEqual(told, [
    [true, "one"],
    [false, "one"],
  ]);
});

test("a process killed between the two renames of a replacement loses nothing", () => {
  const folder = join(parent, "model");
  writeArtifact(folder, artifact("one"));
  renameSync(folder, join(parent, ".model.4711.0badcafe.old"));
  assert.equal(noteOf(folder), "one");
  renameSync(folder, join(parent, ".model.4711.0badcafe.old"));
  writeArtifact(folder, artifact("two"));
  assert.equal(noteOf(folder), "two");
  assert.deepEqual(readdirSync(parent), ["model"]);
});

test("a changed file, a missing one and another format are refused by their codes", () => {
  const folder = join(parent, "model");
  writeArtifact(folder, artifact("one"));
  assert.throws(() => readArtifact(folder, "tributary-other", schema, "MODEL"), {
    code: "TRB_MODEL_FILE_MALFORMED",
  });
  writeFileSync(join(folder, "data.bin"), "two");
  assert.throws(() => noteOf(folder), { code: "TRB_MODEL_FILE_DIGEST" });
  rmSync(join(folder, "data.bin"));
  assert.throws(() => noteOf(folder), { code: "TRB_MODEL_FILE_MISSING" });
});

test("a manifest whose files are elsewhere is refused before any is read", () => {
  const folder = join(parent, "model");
  const outside = new TextEncoder().encode("secret");
  writeFileSync(join(parent, "secret"), outside);
  const names = ["../secret", "/etc/hostname", "a/b", "a\\b", "A", "\0", "", "data.bin\n", "\u2024\u2024"];
  for (const name of names) {
    writeArtifact(folder, artifact("one"));
    const manifest = {
      ...{ format: "tributary-test", version: 1, body: { note: "one" } },
      files: { [name]: { bytes: outside.length, sha256: sha256(outside) } },
    };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    assert.throws(() => noteOf(folder), { code: "TRB_MODEL_FILE_MALFORMED" }, JSON.stringify(name));
  }
});

test("a file that comes in parts is the file, and a maker of parts that fails leaves nothing", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const write = (folder: string, content: Uint8Array | Iterable<Uint8Array>): void =>
    writeArtifact(folder, { ...artifact("one"), files: { "data.bin": content } });
  function* parts(dies: boolean): Generator<Uint8Array> {
    yield bytes.subarray(0, 700);
    if (dies) throw new Error("killed");
    yield bytes.subarray(700);
  }
  const open = (name: string) => openArtifact(join(parent, name), "tributary-test", schema, "MODEL");
  write(join(parent, "whole"), bytes);
  write(join(parent, "parts"), parts(false));
  assert.equal(open("parts").digest, open("whole").digest);
  assert.deepEqual(Uint8Array.from(open("parts").read("data.bin")!), bytes);
  assert.throws(() => write(join(parent, "dead"), parts(true)), /killed/);
  assert.deepEqual(readdirSync(parent).sort(), ["parts", "whole"]);
});

test("what is too large to be read is checked part by part; what the manifest does not list is not there", () => {
  const folder = join(parent, "model");
  writeArtifact(folder, artifact("one"));
  const { check, read } = openArtifact(folder, "tributary-test", schema, "MODEL");
  assert.deepEqual(check("data.bin"), { path: join(folder, "data.bin"), bytes: 3 });
  assert.deepEqual([check("other.bin"), read("other.bin")], [undefined, undefined]);
  writeFileSync(join(folder, "data.bin"), "two");
  assert.throws(() => check("data.bin"), { code: "TRB_MODEL_FILE_DIGEST" });
  rmSync(join(folder, "data.bin"));
  assert.throws(() => check("data.bin"), { code: "TRB_MODEL_FILE_MISSING" });
});

test("a draft that a killed process left is removed by the next writer, and that of a living one stays", () => {
  const parent = mkdtempSync(join(tmpdir(), "tributary-artifact-"));
  const folder = join(parent, "model");
  // No process has the largest number that there is.
  const names = [`.model.4194304.0badcafe.new`, `.model.${process.pid}.0badcafe.new`];
  for (const name of names) mkdirSync(join(parent, name));
  writeArtifact(folder, { format: "test", body: 1, files: {} });
  assert.deepEqual(readdirSync(parent).sort(), [names[1], "model"]);
});
