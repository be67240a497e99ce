import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { lockRecords } from "../../../src/workspace/locks.ts";
import { holdLock } from "../../helpers/lock.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-locks-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = (): string => join(root, String(++folders));
const locked = { code: "TRB_WORKSPACE_LOCKED" };

test("traces are written while another process proves, proofs are not", async () => {
  const dir = folder();
  const prover = await holdLock(dir, "tributary prove", ["proofs"]);
  try {
    const release = await lockRecords(dir, ["traces"], "tributary infer");
    await assert.rejects(lockRecords(dir, ["traces"], "tributary infer"), locked);
    await assert.rejects(lockRecords(dir, ["proofs"], "tributary prove"), locked);
    release();
  } finally {
    await prover.kill();
  }
});

test("who gets one of its locks and not the other keeps none", async () => {
  const dir = folder();
  const prover = await holdLock(dir, "tributary prove", ["proofs"]);
  try {
    await assert.rejects(lockRecords(dir, ["traces", "proofs"], "tributary register"), locked);
    assert.deepEqual(readdirSync(dir), ["lock-proofs"]);
  } finally {
    await prover.kill();
  }
});

test("a waiter is told once who has the lock, and has it when that process is killed", async () => {
  const dir = folder();
  const prover = await holdLock(dir, "tributary prove", ["proofs"]);
  const said: string[] = [];
  const waiting = { seconds: 60, onWait: (what: string, who: string) => said.push(`${what}: ${who}`) };
  const second = lockRecords(dir, ["proofs"], "tributary prove", waiting);
  await sleep(500);
  await prover.kill();
  (await second)();
  assert.equal(said.length, 1);
  assert.match(said[0]!, new RegExp(`proofs: tributary prove, process ${prover.pid} on `));
});

test("a lock whose holder was killed is held by the process that does its work, until that ends", async () => {
  const dir = folder();
  const worker = await holdLock(folder(), "a worker");
  const holder = await holdLock(dir, "tributary train", ["models"], worker.pid);
  await holder.kill();
  await assert.rejects(lockRecords(dir, ["models"], "tributary train"), {
    ...locked,
    details: new RegExp(`tributary train, process ${worker.pid} on `),
  });
  await worker.kill();
  (await lockRecords(dir, ["models"], "tributary train"))();
});

test("a waiter gives up when its time is over, and when it is cancelled", async () => {
  const dir = folder();
  const prover = await holdLock(dir, "tributary prove", ["proofs"]);
  try {
    const wait = { onWait: () => {} };
    await assert.rejects(lockRecords(dir, ["proofs"], "x", { ...wait, seconds: 0.3 }), locked);
    const cancel = new AbortController();
    const forEver = lockRecords(dir, ["proofs"], "x", {
      ...wait,
      seconds: Number.POSITIVE_INFINITY,
      signal: cancel.signal,
    });
    setTimeout(() => cancel.abort(), 100);
    await assert.rejects(forEver, { code: "TRB_CANCELLED" });
    assert.deepEqual(readdirSync(dir), ["lock-proofs"]);
  } finally {
    await prover.kill();
  }
});

test("a folder that was made for a lock goes with it", async () => {
  const dir = join(folder(), "deep");
  (await lockRecords(dir, ["models"], "x"))();
  assert.ok(!existsSync(join(dir, "..")));
});

test("a folder that was there, or into which something was written, stays", async () => {
  const [there, written] = [folder(), folder()];
  mkdirSync(there);
  (await lockRecords(there, ["models"], "x"))();
  assert.ok(existsSync(there));
  const release = await lockRecords(join(written, "deep"), ["models"], "x");
  writeFileSync(join(written, "deep", "model"), "");
  release();
  assert.deepEqual(readdirSync(join(written, "deep")), ["model"]);
});

const MODULE = new URL("../../../src/workspace/locks.ts", import.meta.url).href;

/** Takes two kinds, named in one order or the other, many times; ends with 3 where another process had one of them, too. */
const contender = (dir: string, kinds: readonly string[]): string => `
  import { linkSync, rmSync, writeFileSync } from "node:fs";
  const { lockRecords } = await import(${JSON.stringify(MODULE)});
  const dir = ${JSON.stringify(dir)}, kinds = ${JSON.stringify(kinds)};
  const waiting = { seconds: 60, onWait: () => {} };
  for (let i = 0; i < 12; i++) {
    const release = await lockRecords(dir, kinds, "contender", waiting);
    const mark = kinds.map((kind) => dir + ".inside-" + kind);
    try { for (const path of mark) writeFileSync(path, "", { flag: "wx" }); } catch { process.exit(3); }
    await new Promise((resolve) => setTimeout(resolve, 3));
    for (const path of mark) rmSync(path);
    release();
  }`;

test("processes that want the same kinds in any order never meet inside, and none waits for ever", async () => {
  const dir = folder();
  const wanted = [
    ["traces", "proofs"],
    ["proofs", "batches"],
    ["batches", "traces"],
  ];
  const ends = wanted.map((kinds) =>
    once(
      spawn(process.execPath, ["--input-type=module", "-e", contender(dir, kinds)], { stdio: "inherit" }),
      "exit",
    ),
  );
  for (const [code] of await Promise.all(ends)) assert.equal(code, 0);
  assert.deepEqual(existsSync(dir) ? readdirSync(dir) : [], []);
});
