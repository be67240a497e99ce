import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { openSectionFile } from "../../../src/files/section-file.ts";
import { writeSectionFile } from "../../../src/files/section-writer.ts";
import { makeFileWhole, writeFileWhole } from "../../../src/files/whole-file.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(folder.remove);

test("sections come back as they were written, whole or in part", async () => {
  const path = join(folder.path, "sections");
  await writeSectionFile(path, "test", 1, [
    { id: 7, content: [Buffer.from("seven")] },
    { id: 2, content: [Buffer.from("t"), Buffer.from("wo")] },
  ]);
  const file = await openSectionFile(path, "test");
  assert.equal((await file.read(2)).toString(), "two");
  assert.equal((await file.read(7, 1, 3)).toString(), "eve");
  assert.equal(file.size(7), 5);
  await assert.rejects(file.read(7, 4, 2), { code: "TRB_FILE_CORRUPT" });
  assert.throws(() => file.size(3), { code: "TRB_FILE_CORRUPT" });
  await file.close();
});

test("refuses a table of more sections than any format has, and one that points past the end", async () => {
  const path = join(folder.path, "hostile");
  const header = Buffer.alloc(24);
  header.write("test");
  for (const [count, size] of [
    [2 ** 31, 0],
    [1, 2 ** 40],
  ] as const) {
    header.writeUInt32LE(count, 8);
    header.writeBigUInt64LE(BigInt(size), 16);
    await writeFile(path, header);
    await assert.rejects(openSectionFile(path, "test"), { code: "TRB_FILE_CORRUPT" });
  }
});

test("a write that fails half way leaves the old file, and nothing beside it", async () => {
  const inside = join(folder.path, "whole");
  await mkdir(inside);
  const path = join(inside, "file");
  await writeFileWhole(path, [Buffer.from("old")]);
  function* failing() {
    yield Buffer.from("new");
    throw new RangeError("no more");
  }
  await assert.rejects(writeFileWhole(path, failing()), RangeError);
  assert.equal(await readFile(path, "utf8"), "old");
  assert.deepEqual(await readdir(inside), ["file"]);
});

test("work that goes on after it was given up makes no file", async () => {
  const inside = join(folder.path, "given-up");
  await mkdir(inside);
  let late: Promise<void> | undefined;
  const given = makeFileWhole(join(inside, "file"), async (temporary) => {
    late = new Promise((resolve) => setTimeout(resolve, 20)).then(() => writeFile(temporary, "late"));
    throw new RangeError("cancelled");
  });
  await assert.rejects(given, RangeError);
  await assert.rejects(late!, { code: "ENOENT" });
  assert.deepEqual(await readdir(inside), []);
});

test("a write clears what a killed process left, and leaves a running one's alone", async () => {
  const inside = join(folder.path, "leftovers");
  await mkdir(inside);
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const alive = `.file.part-${process.pid}-00`;
  await writeFile(join(inside, `.file.part-${dead}-00`), "half");
  await writeFile(join(inside, alive), "half");
  await writeFileWhole(join(inside, "file"), [Buffer.from("new")]);
  assert.deepEqual((await readdir(inside)).sort(), [alive, "file"].sort());
});
