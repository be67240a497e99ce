import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnTributary, tributary } from "../helpers/cli.ts";
import { TOY_LABELS, toyPoints } from "../helpers/toy-model.ts";

const dir = mkdtempSync(join(tmpdir(), "tributary-killed-"));
const workspace = join(dir, "workspace");
const indexes = join(workspace, "index");
const file = join(dir, "rows.csv");
const { points, labels } = toyPoints(3_000, 3);
writeFileSync(
  file,
  `${points.map((row, i) => [...row, TOY_LABELS[labels[i]!], `owner-${i % 5}`].join(",")).join("\n")}\n`,
);
const run = async (...args: string[]): Promise<void> => {
  const { code, stderr, stdout } = await tributary([...args, "--dir", workspace, "--json"]);
  assert.equal(code, 0, `${args.join(" ")}: ${stderr}${stdout}`);
};
await run("datanet", "import", file, "--features", "0-11", "--label", "12", "--contributor", "13");
await run("train", "--ridge", "1e-3");

test("a build that is killed leaves no index and no row's influence, and the next one goes through", async () => {
  for (const delay of [0, 150, 400]) {
    const child = spawnTributary(["index", "build", "--wait", "--dir", workspace]);
    const closed = once(child, "close");
    // The folder is made just before the rows' influence begins to be written.
    while (!existsSync(indexes) && child.exitCode === null) await sleep(5);
    await sleep(delay);
    child.kill("SIGKILL");
    await closed;
    assert.equal(child.signalCode, "SIGKILL", "it was still at work");
    assert.deepEqual(
      readdirSync(indexes).filter((name) => !name.startsWith(".") && !name.endsWith(".tmp")),
      [],
    );
  }
  await run("index", "build", "--wait");
  assert.ok(readdirSync(indexes).includes("1"));
  await run("index", "audit");
});
