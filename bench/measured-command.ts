import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/cli/bin.ts", import.meta.url));

export interface Usage {
  readonly seconds: number;
  /** Of all threads together. */
  readonly cpu: number;
  /** MiB. */
  readonly peak: number;
  /** What the command printed. */
  readonly output: string;
}

/**
 * Runs a command in a process of its own and asks the system for its processor time and for the most memory that it had.
 *
 * @param dir its workspace
 * @param options for Node itself
 * @throws Error where the command fails, with what it said
 */
export function measured(dir: string, args: readonly string[], options: readonly string[] = []): Usage {
  const report = join(dir, "usage.json");
  const usage = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage())))`;
  const preload = `data:text/javascript,import{createRequire}from"node:module";const require=createRequire("/");${encodeURIComponent(usage)}`;
  const begun = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, "--import", preload, MAIN, ...args, "--dir", dir, "--json"],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) {
    const said = `${stderr}${stdout}`.slice(-600);
    throw new Error(
      `${args.join(" ")} ended with ${signal ?? status} after ${seconds.toFixed(0)} s: ${said}`,
    );
  }
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024, output: stdout };
}
