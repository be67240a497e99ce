/**
 * Inputs of kinds that people's files, exports and nodes have, which once failed. They are not part of the repository:
 * TRIBUTARY_TEST_CASES names their folder, and where it is absent every test here is skipped by name.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type CliResult, jsonOf, startChain, tributary } from "../helpers/cli.ts";
import { importToyRows, settleStory, terminal } from "../helpers/cli-story.ts";
import { freePort } from "../helpers/free-port.ts";

const FOLDER =
  process.env.TRIBUTARY_TEST_CASES ?? fileURLToPath(new URL("../../../shared/cases/", import.meta.url));
const skip = !existsSync(FOLDER) && "set TRIBUTARY_TEST_CASES to a folder of inputs that once failed";
const home = mkdtempSync(join(tmpdir(), "tributary-cases-"));
after(() => rmSync(home, { recursive: true, force: true }));

let workspaces = 0;
const workspace = (): string => join(home, `workspace-${workspaces++}`);
const file = (...path: string[]): string => join(FOLDER, ...path);

type Json = Record<string, unknown>;

async function run(dir: string, args: readonly string[], cwd = home): Promise<Json> {
  const result = await tributary([...args, "--dir", dir, "--json"], { cwd });
  assert.equal(result.code, 0, `${args.join(" ")}\n${result.stdout}${result.stderr}`);
  return jsonOf(result);
}

async function refused(dir: string, args: readonly string[]): Promise<{ code: string; text: string }> {
  const result: CliResult = await tributary([...args, "--dir", dir, "--json"], { cwd: home });
  assert.equal(result.code, 2, `${args.join(" ")}\n${result.stdout}${result.stderr}`);
  const { error } = jsonOf(result) as { error: { code: string } };
  assert.notEqual(error.code, "TRB_CLI_UNEXPECTED", JSON.stringify(error));
  return { code: error.code, text: JSON.stringify(error) };
}

const TEXT = ["--text", "text", "--label", "label", "--contributor", "contributor"];

test("contributors whose numbers are above 2^53 stay three", { skip }, async () => {
  const dir = workspace();
  const rows = file("data/contributor-ids-over-2pow53.jsonl");
  await run(dir, ["datanet", "import", rows, ...TEXT]);
  const text = JSON.stringify(await run(dir, ["datanet", "show"]));
  for (const last of ["0", "1", "2"]) assert.ok(text.includes(`123456789012345678${last}`), text);
});

test("a JSON array is read, or said to be one", { skip }, async () => {
  const result = await tributary(
    ["datanet", "import", file("data/array.json"), ...TEXT, "--dir", workspace(), "--json"],
    { cwd: home },
  );
  if (result.code === 0) assert.equal((jsonOf(result) as { rows: number }).rows, 16, result.stdout);
  else assert.match((jsonOf(result) as { error: { message: string } }).error.message, /array/);
});

test("a column with a large offset trains as the same column without it", { skip }, async () => {
  const accuracy = async (name: string): Promise<unknown> => {
    const dir = workspace();
    const columns = ["--features", "ts", "--label", "label", "--contributor", "contributor"];
    await run(dir, ["datanet", "import", file("data", name), ...columns, "--hold-out", "0.2"]);
    return (await run(dir, ["train"])).accuracy;
  };
  assert.equal(await accuracy("timestamps.csv"), await accuracy("timestamps-minus-offset.csv"));
});

const FOUR = [
  ...["datanet", "import", file("data/four-numbers.csv"), "--features", "a,b,c,d", "--label", "y"],
  ...["--contributor", "who", "--test", file("data/four-numbers-test.csv")],
];
const onnx = (name: string, input: string, output: string, ...rest: string[]): string[] => [
  ...["train", "--onnx", file("onnx", name), "--input", input, "--output", output],
  ...rest,
];

test("a graph with a random node is refused by the node's name when it is trained on", { skip }, async () => {
  const dir = workspace();
  await run(dir, FOUR);
  const { text } = await refused(dir, onnx("random-normal-like.onnx", "x:4", "h:8"));
  assert.match(text, /RandomNormalLike/);
});

for (const name of ["sqrt-after-relu", "max-of-one", "base-gives-nan"]) {
  test(`${name}: a right gradient, or an error with a name`, { skip }, async () => {
    const dir = workspace();
    await run(dir, FOUR);
    const args = onnx(`${name}.onnx`, "x:4", "h:8", "--kind", "lora");
    const result = await tributary([...args, "--dir", dir, "--json"], { cwd: home });
    if (result.code !== 0) await refused(dir, args);
    else await run(dir, ["index", "build"]);
  });
}

for (const name of ["constant-value-float", "constant-value-ints", "cast-to-the-same"]) {
  test(`${name}: is folded`, { skip }, async () => {
    const dir = workspace();
    await run(dir, FOUR);
    await run(dir, onnx(`${name}.onnx`, "x:4", "h:8", "--kind", "lora"));
  });
}

/** Rows of `width` columns that a line can tell apart, on disk. */
async function numericRows(dir: string, width: number): Promise<void> {
  const lines = Array.from({ length: 60 }, (_, i) => {
    const label = i % 2;
    const values = Array.from({ length: width }, (__, j) => Math.sin(i * 7 + j * 3) + label * 2);
    return [...values.map((value) => value.toFixed(4)), label === 0 ? "low" : "high", `c${i % 4}`].join(",");
  });
  writeFileSync(`${dir}.csv`, `${lines.join("\n")}\n`);
  const columns = ["--features", `0-${width - 1}`, "--label", `${width}`, "--contributor", `${width + 1}`];
  await run(dir, ["datanet", "import", `${dir}.csv`, ...columns, "--hold-out", "0.2"]);
}

test("weights in a separate file are read from beside the model, from any working directory", {
  skip,
}, async () => {
  const digests = new Set<unknown>();
  for (const cwd of [home, file("onnx")]) {
    const dir = workspace();
    await numericRows(dir, 8);
    const args = onnx("external-weights.onnx", "feats:8", "layer_norm:16");
    await run(dir, args, cwd);
    const models = await run(dir, ["model", "list"]);
    digests.add((models.models as { base: string }[])[0]?.base);
  }
  assert.equal(digests.size, 1);
});

for (const name of ["ir14-opset28", "ir14-opset17"]) {
  test(`${name}: loaded where the operators allow it, or refused with both versions`, { skip }, async () => {
    const dir = workspace();
    await numericRows(dir, 8);
    const args = onnx(`${name}.onnx`, "x:8", "y:16");
    const result = await tributary([...args, "--dir", dir, "--json"], { cwd: home });
    if (result.code !== 0)
      assert.match((await refused(dir, args)).text, /28[\s\S]*26|26[\s\S]*28|14[\s\S]*13/);
  });
}

/** The given program that answers as public nodes do, in front of a development chain. */
async function publicNode(upstream: string, mode: string): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const args = [file("public-node.mjs"), "--upstream", upstream, "--port", String(port), "--mode", mode];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  for (let tries = 0; tries < 100; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: "{}" }).catch(
      () => null,
    );
    if (answered !== null) break;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  return { url: `http://127.0.0.1:${port}`, child };
}

const rpcCall = (rpc: string, method: string, params: readonly unknown[]): Promise<Response> =>
  fetch(rpc, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });

test("nodes that replace, refuse ranges and are busy", { skip }, async (t) => {
  const dir = workspace();
  const chain = await startChain(dir);
  const nodes: ChildProcess[] = [];
  const through = async (mode: string): Promise<string> => {
    const { url, child } = await publicNode(chain.rpc, mode);
    nodes.push(child);
    return url;
  };
  t.after(async () => {
    for (const node of nodes) node.kill();
    await chain.stop();
  });
  const user = terminal(dir);
  const requests = await importToyRows(user, 400, 1);
  await user.run("train");
  const name = await settleStory(user, chain.rpc, requests);

  const settled = await tributary(["settle", "--rpc", await through("replace"), "--dir", dir, "--json"]);
  assert.equal(settled.code, 2, settled.stdout + settled.stderr);
  const { error } = jsonOf(settled) as { error: { code: string; details: string } };
  assert.equal(error.code, "TRB_SETTLEMENT_REPLACED");
  assert.ok((JSON.stringify(error).match(/0x[0-9a-f]{64}/g) ?? []).length >= 2, JSON.stringify(error));

  await user.run("settle");
  await rpcCall(chain.rpc, "hardhat_mine", ["0xbb8"]);
  const cancelled = await tributary(["claim", "--rpc", await through("replace"), "--dir", dir, "--json"]);
  assert.equal(cancelled.code, 2, cancelled.stdout + cancelled.stderr);
  assert.equal(
    (jsonOf(cancelled) as { error: { code: string } }).error.code,
    "TRB_SETTLEMENT_REPLACED",
    cancelled.stdout,
  );
  const withdrawn = await tributary(["withdraw", "--rpc", await through("replace"), "--dir", dir, "--json"]);
  assert.equal(withdrawn.code, 2, withdrawn.stdout + withdrawn.stderr);

  await user.run("verify", join(dir, "proofs", `${name}.json`), "--rpc", await through("getlogs:1000"));
  await user.run("verify", join(dir, "proofs", `${name}.json`), "--rpc", await through("busy:2"));
  await user.run("claim", "--rpc", await through("getlogs:1"));
});
