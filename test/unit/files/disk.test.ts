import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { z } from "zod";
import { explainFileError, readJson, readText, SECRET, toJson, writeWhole } from "../../../src/files/disk.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-files-"));
after(() => rmSync(root, { recursive: true, force: true }));

test("a file is written with its mode and nothing beside it", () => {
  const path = join(root, "new", "secret.json");
  writeWhole(path, "one", SECRET);
  writeWhole(path, "two", SECRET);
  assert.equal(readFileSync(path, "utf8"), "two");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(root, "new")), ["secret.json"]);
});

test("a failed write leaves what was there, and no half file", () => {
  const folder = join(root, "failing");
  mkdirSync(join(folder, "taken"), { recursive: true });
  writeFileSync(join(folder, "taken", "inside"), "kept");
  // A folder cannot be replaced by a file: the rename fails after the temporary file was written.
  assert.throws(() => writeWhole(join(folder, "taken"), "x"), { code: "TRB_FILE_NOT_A_FILE" });
  assert.deepEqual(readdirSync(folder), ["taken"]);
  assert.equal(readFileSync(join(folder, "taken", "inside"), "utf8"), "kept");
});

test("a folder that may not be written says so", {
  skip: process.getuid?.() === 0 && "root may write anywhere",
}, () => {
  const folder = join(root, "locked");
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  assert.throws(() => writeWhole(join(folder, "x"), "x"), { code: "TRB_FILE_ACCESS" });
});

test("errors of the file system carry a code of ours and the path", () => {
  const cases = [
    ["ENOSPC", "TRB_FILE_DISK_FULL"],
    ["EDQUOT", "TRB_FILE_DISK_FULL"],
    ["EACCES", "TRB_FILE_ACCESS"],
    ["EROFS", "TRB_FILE_ACCESS"],
    ["ENOENT", "TRB_FILE_NOT_FOUND"],
  ] as const;
  for (const [errno, code] of cases) {
    const explained = explainFileError(Object.assign(new Error(errno), { code: errno }), "/some/path");
    assert.equal((explained as { code: string }).code, code);
    assert.equal((explained as { details: string }).details, "/some/path");
  }
  const other = new RangeError("other");
  assert.equal(explainFileError(other, "/some/path"), other);
});

test("JSON that is cut off, or of another shape, is refused with the place", () => {
  const schema = z.strictObject({ rpc: z.string() });
  const path = join(root, "chain.json");
  writeFileSync(path, '{"rpc": "http');
  assert.throws(() => readJson(path, schema), { code: "TRB_FILE_MALFORMED" });
  writeFileSync(path, '{"rpc": 1}');
  assert.throws(
    () => readJson(path, schema),
    (error: Error & { details: string }) => error.details.includes("rpc"),
  );
  assert.throws(() => readText(join(root, "missing")), { code: "TRB_FILE_NOT_FOUND" });
});

test("JSON output spells bigints in decimal and bytes in hex", () => {
  assert.equal(
    toJson({ amount: 2n ** 64n, bytes: Uint8Array.of(1, 255) }),
    '{"amount":"18446744073709551616","bytes":"0x01ff"}',
  );
});
