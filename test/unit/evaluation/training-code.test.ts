import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TRAINING } from "../../../src/evaluation/outcome-store.ts";

const SOURCES = new URL("../../../src/", import.meta.url);
const IMPORT = /^(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"/gm;

/** Files whose code runs where one imports another. */
function reached(from: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(from.href)) return seen;
  seen.add(from.href);
  for (const [, to] of readFileSync(from, "utf8").matchAll(IMPORT)) reached(new URL(to!, from), seen);
  return seen;
}

test("kept outcomes are bound to all code that computes in a training", () => {
  const covered = TRAINING.map((folder) => new URL(folder, new URL("evaluation/", SOURCES)).href);
  const files = [...reached(new URL("evaluation/learner.ts", SOURCES))];
  // Errors, files, the params and the readers of ONNX compute nothing that a training's numbers depend on.
  const computing = files.filter((file) => /\/src\/(model|numeric)\//.test(file));
  assert.ok(computing.some((file) => file.includes("/numeric/network/")));
  assert.deepEqual(
    computing.filter((file) => !covered.some((folder) => file.startsWith(folder))),
    [],
  );
});
