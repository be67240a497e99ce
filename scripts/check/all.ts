/** Types, lint, import rules and generated files: everything that is true of the text of the repository. */
import { execFileSync } from "node:child_process";
import { differingFiles } from "./generated.ts";
import { importViolations } from "./imports.ts";
import { otherJsonReaders } from "./json.ts";

let failed = false;

function report(name: string, problems: readonly string[]): void {
  process.stdout.write(`${problems.length === 0 ? "ok  " : "FAIL"} ${name}\n`);
  for (const problem of problems) process.stdout.write(`     ${problem}\n`);
  failed ||= problems.length > 0;
}

function run(command: string, ...args: string[]): string[] {
  try {
    execFileSync(`node_modules/.bin/${command}`, args, { stdio: "pipe", encoding: "utf8" });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ""}${stderr ?? ""}`.trim().split("\n");
  }
}

report("types (tsc)", run("tsc", "--noEmit", "-p", "."));
// Apart, since only these run inside of a page and may use the DOM.
report("types of the browser tests (tsc)", run("tsc", "--noEmit", "-p", "test/browser"));
report("lint and format (biome)", run("biome", "check", "--error-on-warnings", "."));
report("import rules", await importViolations());
report("one reader of JSON", await otherJsonReaders());
report("generated files", await differingFiles());
process.exitCode = failed ? 1 : 0;
