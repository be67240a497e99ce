import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { jsonOf, spawnTributary, tributary } from "../helpers/cli.ts";
import { pretrainedBase } from "../helpers/toy-lora.ts";
import { TOY_LABELS, toyPoints } from "../helpers/toy-model.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-evaluate-"));
after(() => rmSync(root, { recursive: true, force: true }));
const data = join(root, "points.csv");

before(() => {
  const { points, labels } = toyPoints(400, 1);
  const lines = points.map((point, i) => `${[...point].join(",")},${TOY_LABELS[labels[i]!]}`);
  writeFileSync(data, `${lines.join("\n")}\n`);
});

const evaluate = (out: string, ...more: string[]): string[] => [
  "evaluate",
  ...["--data", data, "--features", "0-11", "--label", "12", "--train-ridge", "1e-2"],
  ...["--subsets", "24", "--queries", "20", "--left-out", "10", "--out", join(root, out), ...more],
];

const withoutTimes = ({ seconds: _, out: __, ...rest }: Record<string, unknown>): unknown => rest;
const kept = (out: string): string[] => {
  const folder = join(root, out, "outcomes");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".f64")) : [];
};

test("a user's file is evaluated; a run that was killed goes on and ends with the same numbers", async () => {
  const whole = await tributary(evaluate("whole", "--json"));
  assert.equal(whole.code, 0, whole.stderr);
  const report = jsonOf(whole);
  assert.equal((report.gates as unknown[]).length, 19);
  assert.equal(kept("whole").length, 24 + 24 + 11 + 16);

  const child = spawnTributary(evaluate("killed", "--workers", "2"));
  const ended = once(child, "close");
  while (kept("killed").length < 5 && child.exitCode === null)
    await new Promise((later) => setTimeout(later, 5));
  child.kill("SIGKILL");
  await ended;
  const done = kept("killed").length;
  assert.ok(done >= 5 && done < 75, `${done} outcomes when it was killed`);
  assert.equal(existsSync(join(root, "killed", "report.json")), false);

  const resumed = await tributary(evaluate("killed", "--wait", "--json"));
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.deepEqual(withoutTimes(jsonOf(resumed)), withoutTimes(report));
  assert.match(readFileSync(join(root, "killed", "report.html"), "utf8"), /Do the scores predict retraining/);
});

test("a missed gate is exit 1 only where --gate asks for it", async () => {
  // A dozen points and the weakest λ: scores in 63 columns cannot predict that.
  const few = ["--parts", "lds-rows", "--subsets", "8", "--train-ridge", "1e-9"];
  const measured = await tributary(evaluate("gate", "--json", ...few));
  assert.equal(measured.code, 0, measured.stderr);
  assert.ok((jsonOf(measured).missed as string[]).includes("lds-over-dot"));
  const gated = await tributary(evaluate("gate", "--gate", ...few));
  assert.equal(gated.code, 1, gated.stderr);
  assert.match(gated.stdout, /^missed/m);
});

test("low-rank adapters in a base of one's own are retrained alike; another rank's outcomes are not taken", async () => {
  const { graph, input, output } = await pretrainedBase();
  const file = join(root, "base.onnx");
  writeFileSync(file, graph);
  const port = ({ name, width }: typeof input): string => `${name}:${width}`;
  const onnx = ["--onnx", file, "--input", port(input), "--output", port(output)];
  const lora = (rank: string): string[] =>
    evaluate(
      "lora",
      ...["--kind", "lora", "--rank", rank, ...onnx, "--parts", "lds-rows,null", "--subsets", "8", "--json"],
    );
  const first = await tributary(lora("2"));
  assert.equal(first.code, 0, first.stdout + first.stderr);
  const { model, gates } = jsonOf(first) as {
    model: { kind: string };
    gates: { id: string; value: number }[];
  };
  assert.equal(model.kind, "lora");
  assert.ok(gates.find(({ id }) => id === "lds-rows")!.value > 0.2);
  assert.equal(kept("lora").length, 8);
  assert.deepEqual(withoutTimes(jsonOf(await tributary(lora("2")))), withoutTimes(jsonOf(first)));
  assert.equal(kept("lora").length, 8);
  await tributary(lora("3"));
  assert.equal(kept("lora").length, 16);
});

test("the workspace's own model is evaluated", async () => {
  const dir = ["--dir", join(root, "workspace")];
  const read = ["--features", "0-11", "--label", "12", "--contributors", "8", "--hold-out", "0.2"];
  for (const args of [["datanet", "import", data, ...read], ["train"]]) {
    const { code, stderr } = await tributary([...args, ...dir]);
    assert.equal(code, 0, stderr);
  }
  const parts = ["--parts", "fidelity", "--out", join(root, "own"), "--json"];
  const { attribution, data: about } = jsonOf(await tributary(["evaluate", ...dir, ...parts])) as {
    attribution: { tier: string };
    data: { contributors: number };
  };
  assert.deepEqual([attribution.tier, about.contributors], ["mini", 8]);
});

test("what cannot be evaluated is refused with a code", async () => {
  const dir = ["--dir", join(root, "no-held-out")];
  const read = ["--features", "0-11", "--label", "12", "--contributors", "8"];
  for (const args of [["datanet", "import", data, ...read], ["train"]]) await tributary([...args, ...dir]);
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["evaluate", ...dir, "--out", join(root, "none")], "TRB_EVALUATION_NOTHING_HELD_OUT"],
    [["evaluate", "--dir", join(root, "empty"), "--out", join(root, "none")], "TRB_WORKSPACE_MISSING"],
    [evaluate("none", "--parts", "lds-rows,beauty"), "TRB_CLI_USAGE"],
    [evaluate("none", "--model", "1"), "TRB_CLI_USAGE"],
    [["evaluate", ...dir, "--model", "1", "--kind", "mlp", "--out", join(root, "none")], "TRB_CLI_USAGE"],
    [evaluate("none", "--kind", "lora"), "TRB_MODEL_TARGET"],
    [evaluate("none", "--kind", "mlp", "--parts", "loo"), "TRB_EVALUATION_NOT_CONVEX"],
    [evaluate("none", "--members", "2"), "TRB_TRAINING_CONVEX_MEMBERS"],
    [evaluate("none", "--subsets", "1"), "TRB_CLI_USAGE"],
  ];
  for (const [args, expected] of cases) {
    const result = await tributary([...args, "--json"]);
    assert.equal(result.code, 2, result.stdout + result.stderr);
    assert.equal((jsonOf(result).error as { code: string }).code, expected);
  }
});
