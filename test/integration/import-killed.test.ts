import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { jsonOf, spawnTributary, tributary } from "../helpers/cli.ts";
import { TOY_LABELS, toyPoints } from "../helpers/toy-model.ts";

const ROWS = 40_000;
const dir = mkdtempSync(join(tmpdir(), "tributary-import-killed-"));
const fileOf = (name: string, seed: number): string => {
  const file = join(dir, name);
  const { points, labels } = toyPoints(ROWS, seed);
  const rows = points.map((row, i) => [...row, TOY_LABELS[labels[i]!], `owner-${i % 5}`].join(","));
  writeFileSync(file, `${rows.join("\n")}\n`);
  return file;
};
const columns = ["--features", "0-11", "--label", "12", "--contributor", "13"];

/** What is in a workspace besides the locks of whoever was killed. */
const contents = (workspace: string): string[] =>
  readdirSync(workspace).filter((name) => !name.startsWith("lock"));

/** Kills the command as soon as something of it is to be seen; how far it has come by then is the machine's. */
async function killed(args: readonly string[], workspace: string, seen: () => boolean) {
  // The process that did an earlier one's work may still be about to see that nobody waits for it.
  const child = spawnTributary([...args, "--wait", "--dir", workspace]);
  const closed = once(child, "close");
  while (!seen() && child.exitCode === null) await sleep(2);
  child.kill("SIGKILL");
  await closed;
  assert.equal(child.signalCode, "SIGKILL", "it was still at work");
}

/** Whether a lock says which process does its holder's work. */
const namesWorker = (lock: string): boolean =>
  existsSync(lock) && "worker" in (JSON.parse(readFileSync(lock, "utf8")) as object);

async function run(workspace: string, ...args: string[]) {
  const wait = args[1] === "import" ? ["--wait"] : [];
  const result = await tributary([...args, ...wait, "--dir", workspace, "--json"]);
  assert.equal(result.code, 0, `${args.join(" ")}: ${result.stderr}${result.stdout}`);
  return jsonOf(result);
}

test("an import that is killed while it reads or writes leaves the DataNet as it was, and the next one tidies up", async () => {
  const workspace = join(dir, "workspace");
  const [first, more] = [fileOf("first.csv", 3), fileOf("more.csv", 4)];
  const drafts = (): string[] =>
    existsSync(workspace) ? readdirSync(workspace).filter((name) => name.endsWith(".new")) : [];
  let known: readonly string[] = [];
  const isDrafting = (): boolean => drafts().some((name) => !known.includes(name));
  const importing = ["datanet", "import", first, ...columns];

  await killed(importing, workspace, () => namesWorker(join(workspace, "lock-datanet")));
  assert.equal(existsSync(join(workspace, "datanet")), false);
  known = drafts();
  await killed(importing, workspace, isDrafting);
  assert.equal(existsSync(join(workspace, "datanet")), false);
  assert.equal(drafts().length, 1);
  const { rows, root } = await run(workspace, ...importing);
  assert.equal(rows, ROWS);
  assert.deepEqual(contents(workspace), ["datanet"]);

  known = [];
  const appending = ["datanet", "import", more, "--append", ...columns];
  await killed(appending, workspace, isDrafting);
  const shown = await run(workspace, "datanet", "show");
  assert.deepEqual([shown.root, shown.version], [root, 1]);
  assert.equal((await run(workspace, ...appending)).rows, 2 * ROWS);
  assert.deepEqual(contents(workspace), ["datanet"]);
  const lines = readFileSync(join(workspace, "datanet", "rows.jsonl"), "utf8").split("\n");
  assert.equal(lines.length, 2 * ROWS + 1);
});
