import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockWorkspace } from "../../../src/pipeline/lock.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-lock-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = (): string => join(root, String(++folders));
const lockModule = new URL("../../../src/pipeline/lock.ts", import.meta.url).href;

/** A process that takes the lock, says so, and keeps it until it is killed. */
async function holder(dir: string) {
  const code = `const { lockWorkspace } = await import(${JSON.stringify(lockModule)});
    await lockWorkspace(${JSON.stringify(dir)}, "tributary train");
    console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("a live process keeps its lock, and is named", async () => {
  const dir = folder();
  const child = await holder(dir);
  await assert.rejects(
    lockWorkspace(dir, "tributary prove"),
    (error: Error & { code: string; details: string }) => {
      assert.equal(error.code, "TRB_PIPELINE_LOCKED");
      assert.match(error.details, new RegExp(`tributary train, process ${child.pid}`));
      return true;
    },
  );
  child.kill("SIGKILL");
  await once(child, "exit");
  const release = await lockWorkspace(dir, "tributary prove");
  assert.equal(JSON.parse(readFileSync(join(dir, "lock"), "utf8")).pid, process.pid);
  release();
  assert.deepEqual(readdirSync(dir), []);
});

test("a killed process's lock goes to exactly one of many", async () => {
  const dir = folder();
  const child = await holder(dir);
  child.kill("SIGKILL");
  await once(child, "exit");
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => lockWorkspace(dir, "tributary prove")),
  );
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
});

test("a pid that another process has now is not the old holder", {
  skip: !existsSync("/proc/self/stat") && "needs /proc",
}, async () => {
  const dir = folder();
  (await lockWorkspace(dir, "first"))();
  const stale = { pid: process.pid, host: hostname(), started: "1", command: "tributary train" };
  writeFileSync(join(dir, "lock"), JSON.stringify(stale));
  const release = await lockWorkspace(dir, "tributary prove");
  release();
});

test("a holder on another host cannot be judged, so it keeps the lock", async () => {
  const dir = folder();
  (await lockWorkspace(dir, "first"))();
  writeFileSync(
    join(dir, "lock"),
    JSON.stringify({ pid: 1, host: "elsewhere", started: "", command: "tributary train" }),
  );
  await assert.rejects(lockWorkspace(dir, "tributary prove"), { code: "TRB_PIPELINE_LOCKED" });
});

test("a lock that is not one is never removed", async () => {
  const dir = folder();
  (await lockWorkspace(dir, "first"))();
  writeFileSync(join(dir, "lock"), "");
  await assert.rejects(lockWorkspace(dir, "tributary prove"), { code: "TRB_PIPELINE_LOCK_UNREADABLE" });
  assert.equal(readFileSync(join(dir, "lock"), "utf8"), "");
});
