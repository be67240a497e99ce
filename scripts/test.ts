/**
 * Runs every test file under Node's own runner and ends with the line `N passed, N failed`, which
 * is what continuous integration reads. Arguments narrow the files: `npm test -- test/unit`; --minutes is for how long one
 * file may take.
 */
import { glob } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";

const { values, positionals: roots } = parseArgs({
  options: { minutes: { type: "string", default: "15" } },
  allowPositionals: true,
});
const timeout = Number(values.minutes) * 60_000;
const patterns = (roots.length > 0 ? roots : ["test"]).map((root) =>
  root.endsWith(".ts") ? root : `${root.replace(/\/$/, "")}/**/*.test.ts`,
);
const files = (await Array.fromAsync(glob(patterns))).sort();
if (files.length === 0) {
  process.stderr.write(`TRB_TEST_NONE: no test file matches ${patterns.join(" ")}\n`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
let skipped = 0;
const failures: string[] = [];
const stream = run({ files, concurrency: Math.max(2, availableParallelism()), timeout });
const isSuite = (details: { type?: string | undefined }): boolean => details.type === "suite";

stream.on("test:pass", (event) => {
  if (isSuite(event.details)) return;
  if (event.skip === undefined) passed++;
  else skipped++;
});
stream.on("test:fail", (event) => {
  if (isSuite(event.details)) return;
  failed++;
  failures.push(`${event.file ?? ""}: ${event.name}`);
});
stream.on("end", () => {
  setImmediate(() => {
    for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  });
});
stream.compose(new spec()).pipe(process.stdout);
