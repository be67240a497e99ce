import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { differingFiles } from "../../scripts/check/generated.ts";
import { importViolations } from "../../scripts/check/imports.ts";

test("no import breaks a rule of the layout", async () => {
  assert.deepEqual(await importViolations(), []);
});

test("machine-written files are what their generators write", async () => {
  assert.deepEqual(await differingFiles(), []);
});

for (const [name, args] of [
  ["tsc", ["--noEmit", "-p", "."]],
  ["biome", ["check", "--error-on-warnings", "."]],
] as const) {
  test(`${name} finds nothing`, () => {
    assert.doesNotThrow(() => execFileSync(`node_modules/.bin/${name}`, args, { encoding: "utf8" }));
  });
}
