import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Command } from "commander";
import { buildProgram } from "../../src/cli/program.ts";
import { encodeGraph } from "../../src/numeric/onnx/graph.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import { jsonOf, spawnTributary, startChain, tributary } from "../helpers/cli.ts";
import { holdLock } from "../helpers/lock.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-cli-"));
after(() => rmSync(root, { recursive: true, force: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
};

/** Every command that does something, by its full name. */
function leaves(
  command: Command,
  name: readonly string[] = [],
): { name: readonly string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((child) => leaves(child, [...name, child.name()]));
}

test("the commands are there under their names", async () => {
  const names = leaves(await buildProgram()).map(({ name }) => name.join(" "));
  for (const name of [
    "demo",
    "datanet import",
    "datanet show",
    "train",
    "infer",
    "index build",
    "prove",
    "verify",
    "settle",
    "claim",
    "keys dev",
    "keys check",
    "params",
    "chain dev",
  ]) {
    assert.ok(names.includes(name), `${name} is missing`);
  }
});

test("every command has --json, --dir and an example that names it", async () => {
  for (const { name, command } of leaves(await buildProgram())) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    assert.match(help, new RegExp(`Example:\\n.*tributary ${name.join(" ")}`), name.join(" "));
    assert.match(help, /--json/);
    const standalone = ["demo", "params", "keys"].includes(name[0]!);
    assert.equal(help.includes("--dir <folder>"), !standalone);
  }
});

test("no command takes a key or a password in a flag", async () => {
  for (const { name, command } of leaves(await buildProgram())) {
    for (const { long } of command.options) {
      assert.doesNotMatch(
        long ?? "",
        /^--(private|secret|mnemonic|password$|key$)/,
        `${name.join(" ")} ${long}`,
      );
    }
  }
});

test("misuse is exit code 2, as an object with --json and as lines without", async () => {
  const json = await tributary(["params", "--bogus", "--json"]);
  assert.equal(json.code, 2);
  assert.equal((jsonOf(json).error as { code: string }).code, "TRB_CLI_USAGE");
  const text = await tributary(["verify"]);
  assert.equal(text.code, 2);
  assert.equal(text.stdout, "");
  assert.match(text.stderr, /^TRB_CLI_USAGE: .*\n {2}What to do: /);
});

test("--json is one object on stdout and nothing else", async () => {
  const result = await tributary(["params", "--json"]);
  assert.equal(result.code, 0);
  assert.equal(result.stderr, "");
  assert.equal(result.stdout.trimEnd().split("\n").length, 1);
  assert.equal(jsonOf(result).ok, true);
});

const columns = ["--text", "text", "--label", "label", "--contributor", "who"];
const rows = (list: readonly string[]): string => `text,label,who\n${list.join("\n")}\n`;
const many = rows(Array.from({ length: 40 }, (_, i) => `row ${i},${i % 2 ? "a" : "b"},person-${i % 20}`));

/** A workspace with data, for mistakes that come later. */
const trainable = join(root, "trainable");
before(async () => {
  await tributary([
    "datanet",
    "import",
    file("good.csv", rows(Array.from({ length: 40 }, (_, i) => `row ${i},${i % 2},p${i % 4}`))),
    ...columns,
    "--dir",
    trainable,
  ]);
});

/** What a user may do wrong, and what he is told. Each runs in a workspace of its own. */
const mistakes: readonly { readonly name: string; readonly args: () => string[]; readonly code: string }[] = [
  {
    name: "a file that is not there",
    args: () => ["datanet", "import", join(root, "none.csv"), ...columns],
    code: "TRB_DATANET_FILE_UNREADABLE",
  },
  {
    name: "a column that is not there",
    args: () => [
      "datanet",
      "import",
      file("c.csv", many),
      "--text",
      "words",
      "--label",
      "label",
      "--contributor",
      "who",
    ],
    code: "TRB_DATANET_COLUMN_MISSING",
  },
  {
    name: "no label column",
    args: () => ["datanet", "import", file("l.csv", many), "--text", "text"],
    code: "TRB_CLI_USAGE",
  },
  {
    name: "more contributors than positions",
    args: () => ["datanet", "import", file("m.csv", many), ...columns],
    code: "TRB_DATANET_POSITIONS_FULL",
  },
  {
    name: "one label only",
    args: () => ["datanet", "import", file("o.csv", rows(["x,a,p", "y,a,q"])), ...columns],
    code: "TRB_DATANET_SINGLE_LABEL",
  },
  {
    name: "a quote that never ends",
    args: () => ["datanet", "import", file("q.csv", rows(['"x,a,p', "y,b,q"])), ...columns],
    code: "TRB_DATANET_CSV_MALFORMED",
  },
  {
    name: "a tier that is none",
    args: () => ["datanet", "import", file("t.csv", many), ...columns, "--tier", "huge"],
    code: "TRB_CLI_USAGE",
  },
  {
    name: "an ONNX file that is none",
    args: () => [
      "train",
      "--dir",
      trainable,
      "--onnx",
      file("x.onnx", "graph"),
      "--input",
      "a:64",
      "--output",
      "b:8",
    ],
    code: "TRB_MODEL_MALFORMED_ONNX",
  },
  {
    name: "an ONNX graph that divides zero by zero",
    args: () => [
      "train",
      "--dir",
      trainable,
      "--onnx",
      file("nan.onnx", zeroByZero()),
      "--input",
      "text:64",
      "--output",
      "hidden:64",
    ],
    code: "TRB_MODEL_OUTPUT",
  },
  {
    name: "an ONNX graph that draws numbers",
    args: () => ["train", "--dir", trainable, ...drawing()],
    code: "TRB_MODEL_RANDOM",
  },
  {
    name: "a demo on such a graph, before anything runs",
    args: () => ["demo", "--out", join(root, "demo"), ...drawing()],
    code: "TRB_MODEL_RANDOM",
  },
  {
    name: "a demo of low-rank adapters without a base for them, before anything runs",
    args: () => ["demo", "--kind", "lora", "--out", join(root, "demo")],
    code: "TRB_MODEL_TARGET",
  },
  {
    name: "a λ that is none",
    args: () => ["train", "--dir", trainable, "--ridge", "0"],
    code: "TRB_CLI_USAGE",
  },
  {
    name: "an ONNX file without its ports",
    args: () => ["train", "--dir", trainable, "--onnx", file("y.onnx", "graph")],
    code: "TRB_CLI_USAGE",
  },
  { name: "nothing imported", args: () => ["train"], code: "TRB_WORKSPACE_MISSING" },
  { name: "nothing trained", args: () => ["index", "build"], code: "TRB_WORKSPACE_MISSING" },
  { name: "no chain", args: () => ["register"], code: "TRB_WORKSPACE_NO_CHAIN" },
  {
    name: "a chain that does not answer",
    args: () => ["chain", "status", "--rpc", "http://127.0.0.1:9", "--deployment", deployment()],
    code: "TRB_SETTLEMENT_UNREACHABLE",
  },
  {
    name: "a deployment that is none",
    args: () => ["chain", "status", "--rpc", "http://127.0.0.1:9", "--deployment", file("d.json", "{}")],
    code: "TRB_SETTLEMENT_DEPLOYMENT_FORMAT",
  },
  {
    name: "a keystore without a password",
    args: () => ["accounts", "new", "alice"],
    code: "TRB_SETTLEMENT_PASSWORD_MISSING",
  },
  {
    name: "a name that leaves the keystore",
    args: () => ["accounts", "new", "../alice"],
    code: "TRB_CLI_ACCOUNT_NAME",
  },
  {
    name: "a bundle that is not there",
    args: () => ["verify", join(root, "none.json"), "--proof-only"],
    code: "TRB_FILE_NOT_FOUND",
  },
  {
    name: "an expectation that is none",
    args: () => ["verify", file("b.json", "{}"), "--expect", file("e.json", "{}")],
    code: "TRB_VERIFY_EXPECTATION",
  },
  {
    name: "two sources of the statement",
    args: () => ["verify", file("b2.json", "{}"), "--proof-only", "--rpc", "http://127.0.0.1:9"],
    code: "TRB_CLI_USAGE",
  },
  {
    name: "a batch to settle that is not there",
    args: () => ["settle", "1-0"],
    code: "TRB_CLI_BATCH_UNKNOWN",
  },
  { name: "a batch to prove that is not there", args: () => ["prove", "1-0"], code: "TRB_CLI_BATCH_UNKNOWN" },
  {
    name: "an amount that is none",
    args: () => ["infer", "hello", "--fee", "1e-3"],
    code: "TRB_FEES_AMOUNT",
  },
];

/** hidden = (text − text) / (text − text): not a number, whatever the text. */
function zeroByZero(): Uint8Array {
  const port = (name: string) => ({ name, dims: [1, 64] });
  return encodeGraph({
    name: "zero by zero",
    inputs: [port("text")],
    constants: [],
    nodes: [
      { op: "Sub", inputs: ["text", "text"], output: "zero" },
      { op: "Div", inputs: ["zero", "zero"], output: "hidden" },
    ],
    outputs: [port("hidden")],
  });
}

/** A graph with a random node, and its ports, as options. */
function drawing(): string[] {
  const port = (name: string) => ({ name, dims: [1, 64] });
  const graph = encodeGraph({
    name: "noise",
    inputs: [port("text")],
    constants: [],
    nodes: [{ op: "RandomNormalLike", inputs: ["text"], output: "hidden" }],
    outputs: [port("hidden")],
  });
  return ["--onnx", file("noise.onnx", graph), "--input", "text:64", "--output", "hidden:64"];
}

/** A well-formed record of contracts that are nowhere. */
function deployment(): string {
  const address = `0x${"11".repeat(20)}`;
  const names = [
    "openToken",
    "dataNetRegistry",
    "modelRegistry",
    "verifierRouter",
    "settlement",
    "treasury",
    "dataNetReserve",
  ];
  const contracts = Object.fromEntries(names.map((name) => [name, address]));
  const record = {
    format: "tributary-deployment",
    version: 2,
    chainId: 31337,
    block: 0,
    paramsDigest: paramsDigest(),
    contracts,
    verifiers: {},
  };
  return file("deployment.json", JSON.stringify(record));
}

for (const [i, { name, args, code }] of mistakes.entries()) {
  test(`mistake: ${name}`, async () => {
    const dir = join(root, `mistake-${i}`);
    const result = await tributary([...args(), "--json"], { env: { TRIBUTARY_DIR: dir } });
    const { ok, error } = jsonOf(result) as { ok: boolean; error: { code: string; message: string } };
    assert.equal(error.code, code, error.message);
    assert.deepEqual([ok, result.code], [false, 2]);
    assert.ok(!existsSync(dir), "who only asks, or fails at once, makes no workspace");
  });
}

for (const command of ["settle", "prove"]) {
  test(`${command} with nothing to do is done, and says so`, async () => {
    const dir = join(root, `idle-${command}`);
    const said = await tributary([command], { env: { TRIBUTARY_DIR: dir } });
    assert.equal(said.code, 0);
    assert.match(said.stdout, /^No batch was committed here yet\.\n$/);
    assert.ok(!existsSync(dir));
  });
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`a train that gets ${signal} says so, and leaves no lock, no file and no process`, async () => {
    const before = readdirSync(trainable, { recursive: true });
    const child = spawnTributary([
      "train",
      "--kind",
      "mlp",
      "--epochs",
      "10000",
      "--dir",
      trainable,
      "--json",
    ]);
    let said = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    // Progress is said after two seconds of work.
    await once(child.stderr!, "data");
    assert.ok(existsSync(join(trainable, "lock-models")), "it is at work");
    child.kill(signal);
    // Its pipes close only when nobody, child of a child or not, has them any more.
    assert.deepEqual(await once(child, "close"), [null, signal]);
    const { ok, error } = JSON.parse(said) as { ok: boolean; error: { code: string } };
    assert.deepEqual([ok, error.code], [false, "TRB_CANCELLED"]);
    assert.deepEqual(readdirSync(trainable, { recursive: true }), before);
  });
}

test("what a file holds does not command the terminal", async () => {
  const refused = await tributary(["verify", file("escape.json", "\u001b[2J"), "--proof-only"]);
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /TRB_BUNDLE_JSON.*\ufffd\[2J/);
  assert.ok(!refused.stdout.includes("\u001b"));
});

test("no room for a file: nothing is changed, and the same command works when there is", async () => {
  const dir = join(root, "full");
  const path = file(
    "room.csv",
    rows(Array.from({ length: 2000 }, (_, i) => `a row with some text in it ${i},${i % 7},p${i % 9}`)),
  );
  const args = ["datanet", "import", path, ...columns, "--dir", dir, "--json"];
  // Files of more than 20 blocks fail half way: what a full disk does, without filling one.
  const refused = await tributary(args, { fileBlocks: 20 });
  assert.equal((jsonOf(refused).error as { code: string }).code, "TRB_FILE_DISK_FULL");
  assert.equal(refused.code, 2);
  assert.ok(!existsSync(dir));
  assert.equal((await tributary(args)).code, 0);
});

test("two writers: the second is told who the first is, and waits for nobody", async () => {
  const dir = join(root, "locked");
  const holder = await holdLock(dir, "tributary train", ["models"]);
  try {
    const second = await tributary(["train", "--json"], { env: { TRIBUTARY_DIR: dir } });
    const { error } = jsonOf(second) as { error: { code: string; details: string } };
    assert.equal(error.code, "TRB_WORKSPACE_LOCKED");
    assert.match(error.details, /^tributary train, process \d+/);
    const reader = await tributary(["accounts", "list"], { env: { TRIBUTARY_DIR: dir } });
    assert.equal(reader.code, 0, "commands that only read need no lock");
  } finally {
    await holder.kill();
  }
  const after = await tributary(["train", "--json"], { env: { TRIBUTARY_DIR: dir } });
  assert.equal((jsonOf(after).error as { code: string }).code, "TRB_WORKSPACE_MISSING");
});

test("a key is kept encrypted, for its owner only, and never printed", async () => {
  const dir = join(root, "keys");
  const made = await tributary(["accounts", "new", "alice", "--json"], {
    env: { TRIBUTARY_DIR: dir, TRIBUTARY_PASSWORD: "correct horse" },
  });
  assert.equal(made.code, 0, made.stdout);
  const path = join(dir, "keystore", "alice.json");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!readFileSync(path, "utf8").includes("correct horse"));
  const listed = await tributary(["accounts", "list", "--json"], { env: { TRIBUTARY_DIR: dir } });
  assert.deepEqual(jsonOf(listed).accounts, [{ name: "alice", address: jsonOf(made).address }]);
});

test("chain dev: a taken port is an error, Ctrl-C a clean end", async () => {
  const chain = await startChain(join(root, "chain"));
  try {
    const port = new URL(chain.rpc).port;
    const second = await tributary(["chain", "dev", "--port", port, "--json"], {
      env: { TRIBUTARY_DIR: join(root, "chain-2") },
    });
    assert.equal((jsonOf(second).error as { code: string }).code, "TRB_CLI_PORT_IN_USE");
    const status = await tributary(["chain", "status", "--json"], {
      env: { TRIBUTARY_DIR: join(root, "chain") },
    });
    assert.equal(jsonOf(status).chainId, "31337");
  } finally {
    assert.equal(await chain.stop(), 0);
  }
});
