import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { saveIndex } from "../../src/attribution/store.ts";
import type { MethodRecord } from "../../src/attribution/types.ts";
import { sha256 } from "../../src/files/artifact.ts";
import { bytesOf } from "../../src/files/typed-bytes.ts";
import { loadAdapter, saveAdapter, withDigest } from "../../src/model/adapter.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import type { MethodOptions } from "../../src/operations/attribution/options.ts";
import { importVersion } from "../../src/operations/import.ts";
import { buildIndex } from "../../src/operations/index/build-index.ts";
import { openIndexTracer } from "../../src/operations/index/index-tracer.ts";
import { trainModel } from "../../src/operations/training/train.ts";
import { loadIndex } from "../../src/workspace/index-files.ts";
import { type Workspace, workspaceAt } from "../../src/workspace/workspace.ts";
import { runPython, withoutPython } from "../helpers/python.ts";
import { keepTrace } from "../helpers/served-trace.ts";
import { TOY_LABELS } from "../helpers/toy-model.ts";

const CHECK = fileURLToPath(new URL("../../docs/outsider/check.py", import.meta.url));
/** 25 · 3 = 75 columns, of which the mini tier keeps 63. */
const DIMENSION = 24;
const ROWS = 210;
const COPIES = 6;
const ASKED = 12;

const root = mkdtempSync(join(tmpdir(), "tributary-outsider-"));
const honest = workspaceAt(join(root, "honest"));
const quiet = (): void => {};
const served: Int32Array[] = [];
const skip = withoutPython;

const random = seededRandom(5);
const normals = (size: number): Float64Array =>
  Float64Array.from({ length: DIMENSION }, () => size * random.normal());
const centres = TOY_LABELS.map(() => normals(0.6));
function point(): { x: Float64Array; label: number } {
  const label = random.integer(TOY_LABELS.length);
  const noise = normals(1.2);
  return { x: centres[label]!.map((m, j) => m + noise[j]!), label };
}

/** Rows of nine contributors of different sizes, and some of them again, nearly the same, by others. */
function writeRows(file: string): void {
  const rows = Array.from({ length: ROWS }, (_, i) => ({ ...point(), owner: Math.floor(Math.sqrt(i)) % 9 }));
  for (let i = 0; i < COPIES; i++) {
    const { x, label } = rows[7 * i]!;
    rows.push({ x: x.map((value) => value + 1e-4), label, owner: i % 2 === 0 ? 8 : 3 });
  }
  const lines = rows.map(({ x, label, owner }) => [...x, TOY_LABELS[label], `owner-${owner}`].join(","));
  writeFileSync(file, `${lines.join("\n")}\n`);
}

async function build(workspace: Workspace, method: Partial<MethodOptions> = {}): Promise<void> {
  rmSync(join(workspace.indexes, "1"), { recursive: true, force: true });
  await buildIndex(workspace, { method }, quiet);
}

before(async () => {
  if (skip !== false) return;
  const file = join(root, "rows.csv");
  writeRows(file);
  const features = Array.from({ length: DIMENSION }, (_, j) => String(j));
  const columns = { features, label: String(DIMENSION), contributor: String(DIMENSION + 1) };
  await importVersion(honest, { file, columns, seed: 1, tier: "mini" }, quiet);
  await trainModel(honest, { adapter: { kind: "linear" }, seed: 1, ridge: 1e-2 }, quiet);
  await build(honest);
  const { tracer } = await openIndexTracer(honest, 1);
  for (let q = 0; q < ASKED; q++) {
    const request = point().x;
    const { label, probability, u, scores } = await tracer.infer(request);
    // Of ten and more, file names are not in the order of their numbers.
    await keepTrace(honest, { indexId: 1n, number: BigInt(100 + q), request, label, probability, u });
    served.push(scores);
  }
  await tracer.close();
});
after(() => rmSync(root, { recursive: true, force: true }));

interface Outcome {
  readonly holds: boolean;
  readonly askedFrom: string;
  readonly checks: readonly { name: string; value: number; holds: boolean }[];
  readonly requests: readonly {
    contributors: readonly { score: number; share: number; says: number; lost: number }[];
  }[];
}

async function check(workspace: Workspace, code: number, ...more: string[]): Promise<Outcome> {
  const result = await runPython(CHECK, workspace.dir, "--json", ...more);
  assert.notEqual(result.code, 2, result.stderr);
  const outcome = JSON.parse(result.stdout) as Outcome;
  assert.equal(result.code, code, JSON.stringify(outcome.checks.filter(({ holds }) => !holds)));
  return outcome;
}

/** What is not within its bound, by the words before the colon. */
const failed = ({ checks }: Outcome): string[] => [
  ...new Set(checks.filter(({ holds }) => !holds).map(({ name }) => name.split(":")[0]!)),
];

let copies = 0;
function copy(): Workspace {
  const dir = join(root, `copy-${++copies}`);
  cpSync(honest.dir, dir, { recursive: true });
  return workspaceAt(dir);
}

test("an index, its traces and their scores are what the documents say, to the integer", {
  skip,
}, async () => {
  const { manifest } = loadIndex(honest, 1);
  assert.deepEqual([manifest.method.order, manifest.method.columns, manifest.method.rank], [2, 75, 63]);
  assert.ok(manifest.nearDuplicates.joined >= COPIES, "weights of near-duplicates are read as well");
  const outcome = await check(honest, 0);
  assert.deepEqual([outcome.holds, outcome.askedFrom, failed(outcome)], [true, "traces", []]);
  const value = (name: string): number => {
    const found = outcome.checks.find((one) => one.name.startsWith(name));
    assert.ok(found, name);
    return found.value;
  };
  assert.ok(value("Φ: share of integers that differ") <= 1e-3);
  assert.ok(value("rows: largest difference") < 1e-3);
  assert.ok(value("u: largest distance") < 0.51);
  assert.ok(value("retraining: mean Spearman") >= 0.97);
  assert.ok(value("retraining: mean total variation") <= 0.05);
  const scores = outcome.requests.map(({ contributors }) => contributors.map(({ score }) => score));
  assert.deepEqual(
    scores,
    served.map((row) => Array.from(row.subarray(0, 9))),
  );
  for (const { contributors } of outcome.requests) {
    const sum = contributors.reduce((total, { share }) => total + share, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9);
  }
});

test("other requests are asked from a file, and people get a table", { skip }, async () => {
  const file = join(root, "requests.jsonl");
  const asked = [point().x, point().x].map((x) => JSON.stringify(Array.from(x)));
  writeFileSync(file, `${asked.join("\n")}\n`);
  const { code, stdout } = await runPython(CHECK, honest.dir, "--requests", file, "--sign", "0.8");
  assert.equal(code, 0, stdout);
  assert.match(stdout, /2 requests from requests/);
  assert.match(stdout, /owner-8/);
});

test("what was read is left as it was, and nothing is written beside the script", { skip }, async () => {
  const state = (): string[] =>
    readdirSync(honest.dir, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => `${path} ${sha256(readFileSync(path))}`)
      .sort();
  const before = [state(), readdirSync(join(CHECK, ".."))];
  await check(honest, 0);
  assert.deepEqual([state(), readdirSync(join(CHECK, ".."))], before);
});

/** Writes the index again with other integers or another record, under digests that fit. */
function present(workspace: Workspace, change: { phi?: Int8Array; method?: Partial<MethodRecord> }): void {
  const { index, manifest, rows } = loadIndex(workspace, 1);
  const phi = change.phi ?? index.phi;
  saveIndex(join(workspace.indexes, "1", "index"), {
    index: { ...index, phi },
    manifest: { ...manifest, method: { ...manifest.method, ...change.method }, phi: sha256(bytesOf(phi)) },
    rows: { width: rows.width, owners: rows.owners, values: rows.values },
  });
}

test("two contributors' integers swapped are found", { skip }, async () => {
  const workspace = copy();
  const phi = loadIndex(workspace, 1).index.phi.slice();
  const [second, fourth] = [1, 3].map((c) => phi.slice(63 * c, 63 * (c + 1)));
  phi.set(fourth!, 63);
  phi.set(second!, 63 * 3);
  present(workspace, { phi });
  const found = failed(await check(workspace, 1));
  assert.ok(found.includes("Φ") && !found.includes("files") && !found.includes("head"), found.join());
});

test("an index of the loss's gradient is not what retraining says, and found where it is presented as one of the objective's", {
  skip,
}, async () => {
  const workspace = copy();
  await build(workspace, { gradient: "loss" });
  const { gradient, order } = loadIndex(workspace, 1).manifest.method;
  assert.deepEqual([gradient, order], ["loss", 1]);
  rmSync(workspace.traces, { recursive: true });
  assert.deepEqual(failed(await check(workspace, 1)), ["retraining"]);
  present(workspace, { method: { gradient: "objective", order: 2 } });
  const found = failed(await check(workspace, 1));
  assert.ok(found.includes("Φ") && found.includes("rows") && !found.includes("head"), found.join());
});

test("an index of the first order is as documented, and not one of the second", { skip }, async () => {
  const workspace = copy();
  await build(workspace, { order: 1 });
  rmSync(workspace.traces, { recursive: true });
  assert.deepEqual(failed(await check(workspace, 0)), []);
  present(workspace, { method: { order: 2 } });
  const found = failed(await check(workspace, 1));
  assert.ok(found.includes("Φ") && found.includes("rows"), found.join());
});

test("another λ, and another share of positions, in the manifest are found", { skip }, async () => {
  const workspace = copy();
  const { ridge } = loadIndex(workspace, 1).manifest.method;
  present(workspace, { method: { ridge: 2 * ridge } });
  assert.ok(failed(await check(workspace, 1)).includes("Φ"));
  present(workspace, { method: { ridge, positionShare: 0.2 } });
  assert.ok(failed(await check(workspace, 1)).length > 0);
});

test("a head that is not the minimum is found, with an index that is honest over it", { skip }, async () => {
  const workspace = copy();
  const folder = join(workspace.models, "1", "adapter");
  const { digest: _, ...adapter } = loadAdapter(folder);
  assert.ok(adapter.kind === "linear");
  const weights = adapter.weights.map((x) => 1.03 * x);
  saveAdapter(folder, withDigest({ ...adapter, weights }));
  await build(workspace);
  rmSync(workspace.traces, { recursive: true });
  assert.deepEqual(failed(await check(workspace, 1)), ["head"]);
});

test("a trace whose u is another one is found", { skip }, async () => {
  const workspace = copy();
  const path = join(workspace.traces, "1-104.json");
  const trace = JSON.parse(readFileSync(path, "utf8")) as { u: string };
  const u = Buffer.from(trace.u, "hex");
  u[5] = (u[5]! + 3) & 255;
  writeFileSync(path, JSON.stringify({ ...trace, u: u.toString("hex") }));
  assert.ok(failed(await check(workspace, 1)).includes("u"));
});

test("a byte of a file that its manifest does not have is found", { skip }, async () => {
  const workspace = copy();
  const path = join(workspace.indexes, "1", "sketch", "mix.f32");
  const bytes = readFileSync(path);
  bytes[0]! ^= 1;
  writeFileSync(path, bytes);
  assert.deepEqual(failed(await check(workspace, 1)), ["files"]);
});

test("what it cannot read is refused: exit code 2", { skip }, async () => {
  const refuse = async (change: (index: string) => void): Promise<void> => {
    const workspace = copy();
    change(join(workspace.indexes, "1", "index"));
    const { code, stdout, stderr } = await runPython(CHECK, workspace.dir, "--json");
    assert.equal(code, 2, stdout + stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /^check\.py: /);
    assert.doesNotMatch(stderr, /Traceback/);
  };
  const inManifest = (from: RegExp, to: string) => (index: string) => {
    const path = join(index, "manifest.json");
    const text = readFileSync(path, "utf8");
    assert.match(text, from);
    writeFileSync(path, text.replace(from, to));
  };
  await refuse((index) => rmSync(index, { recursive: true }));
  await refuse(inManifest(/"positions": \d+/, '"positions": 1e12'));
  await refuse(inManifest(/"ridge": [0-9.e-]+/, '"ridge": NaN'));
  await refuse(inManifest(/"rows": \d+/, '"rows": "many"'));
  await refuse(inManifest(/"name": "influence"/, '"name": "dot"'));
  await refuse(inManifest(/^/, "[".repeat(100_000)));
  await refuse((index) => {
    renameSync(join(index, "phi.i8"), join(index, "other"));
    symlinkSync("other", join(index, "phi.i8"));
  });
  await refuse((index) => {
    rmSync(join(index, "rows.f32"));
    execFileSync("mkfifo", [join(index, "rows.f32")]);
  });
  await refuse((index) => writeFileSync(join(index, "phi.i8"), new Uint8Array(1)));
  const { code } = await runPython(CHECK, "--no-such-option");
  assert.equal(code, 2);
});
