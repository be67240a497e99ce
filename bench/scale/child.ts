import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a measuring process prints as its last line, with the most memory that it ever had resident. */
export type Measured<T> = T & { readonly peakBytes: number };

/** Prints a child's result for `measureInChild`. Mapped files count as far as their pages are resident. */
export function reportMeasurement(result: object): void {
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ ...result, peakBytes })}\n`);
}

/**
 * Runs a program to its end and reads the JSON of its last line. Each measurement has a process of its own, so that
 * peak memory is that measurement's and no run profits from another one's warm caches.
 *
 * @throws Error with the end of what the program said where it fails
 */
export async function measureProgram<T>(command: string, args: readonly string[]): Promise<T> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said = (said + chunk).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said}`);
  return JSON.parse(out.trimEnd().split("\n").at(-1)!) as T;
}

/** Runs `bench/scale/<name>.ts` with one JSON argument. */
export const measureInChild = <T>(name: string, task: object): Promise<Measured<T>> =>
  measureProgram(process.execPath, [
    fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
    JSON.stringify(task),
  ]);
