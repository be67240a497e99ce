/**
 * Runs test files in this one process and stops at the first test that fails; its last line says what came of it, as JSON.
 *
 *   node bench/mutants/child.ts FILE…
 */
import { writeSync } from "node:fs";
import { run } from "node:test";

const end = (outcome: object): never => {
  writeSync(1, `\n${JSON.stringify(outcome)}\n`);
  process.exit(0);
};

let passed = 0;
const stream = run({ files: process.argv.slice(2), isolation: "none", concurrency: false });
stream.on("test:pass", ({ details }) => {
  if (details.type !== "suite") passed++;
});
stream.on("test:fail", ({ name, file, details }) => {
  const error = details.error as Error & { cause?: Error };
  end({ failed: name, file, why: String(error.cause?.message ?? error.message).slice(0, 300) });
});
stream.on("end", () => end({ passed }));
stream.resume();
process.on("uncaughtException", (error) => end({ failed: "loading", why: String(error).slice(0, 300) }));
