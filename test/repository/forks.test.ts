import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { glob, readFile } from "node:fs/promises";
import { test } from "node:test";
import { EVM_VERSION, SOLIDITY_SETTINGS } from "../../scripts/setup/solidity.ts";
import { FORKS } from "../../src/cli/forks.ts";

const ROOT = new URL("../../", import.meta.url);

test("which fork a chain is at, and which EVM contracts are compiled for, is said in one place each", async () => {
  const says = /\b(hardfork|evmVersion):\s*["'`]/;
  const found = [];
  for await (const file of glob("{*.ts,{bench,prover,scripts,src,test}/**/*.ts}", { cwd: ROOT })) {
    if (says.test(await readFile(new URL(file, ROOT), "utf8"))) found.push(file);
  }
  assert.deepEqual(found, []);
});

test("the contracts are built for the oldest fork that a chain may be at, as the settings say", () => {
  assert.equal(EVM_VERSION, FORKS[0]);
  const builds = new URL("artifacts/hardhat/build-info/", ROOT);
  const inputs = readdirSync(builds)
    .filter((name) => !name.endsWith(".output.json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, builds), "utf8")).input.settings);
  assert.ok(inputs.length > 0);
  for (const { optimizer, evmVersion } of inputs)
    assert.deepEqual({ optimizer, evmVersion }, SOLIDITY_SETTINGS);
});
