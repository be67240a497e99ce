import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockFolder } from "../../../src/workspace/locks.ts";
import { holdLock } from "../../helpers/lock.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-lock-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = (): string => join(root, String(++folders));

test("a live process keeps its lock, and is named", async () => {
  const dir = folder();
  const holder = await holdLock(dir, "tributary train");
  await assert.rejects(
    lockFolder(dir, "tributary prove"),
    (error: Error & { code: string; details: string }) => {
      assert.equal(error.code, "TRB_WORKSPACE_LOCKED");
      assert.match(error.details, new RegExp(`tributary train, process ${holder.pid}`));
      return true;
    },
  );
  await holder.kill();
  const release = await lockFolder(dir, "tributary prove");
  assert.equal(JSON.parse(readFileSync(join(dir, "lock"), "utf8")).pid, process.pid);
  release();
  assert.deepEqual(readdirSync(dir), []);
});

test("a killed process's lock goes to exactly one of many", async () => {
  const dir = folder();
  const holder = await holdLock(dir, "tributary train");
  await holder.kill();
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => lockFolder(dir, "tributary prove")),
  );
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
});

test("a pid that another process has now is not the old holder", {
  skip: !existsSync("/proc/self/stat") && "needs /proc",
}, async () => {
  const dir = folder();
  mkdirSync(dir);
  const stale = { pid: process.pid, host: hostname(), started: "1", command: "tributary train" };
  writeFileSync(join(dir, "lock"), JSON.stringify(stale));
  const release = await lockFolder(dir, "tributary prove");
  release();
});

test("a holder on another host cannot be judged, so it keeps the lock", async () => {
  const dir = folder();
  mkdirSync(dir);
  writeFileSync(
    join(dir, "lock"),
    JSON.stringify({ pid: 1, host: "elsewhere", started: "", command: "tributary train" }),
  );
  await assert.rejects(lockFolder(dir, "tributary prove"), { code: "TRB_WORKSPACE_LOCKED" });
});

test("a lock that is not one is never removed", async () => {
  const dir = folder();
  mkdirSync(dir);
  writeFileSync(join(dir, "lock"), "");
  await assert.rejects(lockFolder(dir, "tributary prove"), { code: "TRB_WORKSPACE_LOCK_UNREADABLE" });
  assert.equal(readFileSync(join(dir, "lock"), "utf8"), "");
});
