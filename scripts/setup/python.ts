import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const REQUIREMENTS = `${ROOT}docs/outsider/requirements.txt`;
const FOLDER = `${ROOT}.cache/python`;
const STAMP = `${FOLDER}/requirements.stamp`;

/** The interpreter that `setupPython` makes, with numpy. */
export const PYTHON = `${FOLDER}/bin/python`;

/**
 * Makes a Python environment with what docs/outsider wants, unless it is there. The product does without it: where there is no
 * python3, or nothing to install from, a line says so and setup goes on.
 */
export async function setupPython(onProgress: (message: string) => void = () => {}): Promise<void> {
  const wanted = await readFile(REQUIREMENTS, "utf8");
  if ((await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  onProgress("python: installing numpy for docs/outsider");
  try {
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(`${ROOT}.cache`, { recursive: true });
    await run("python3", ["-m", "venv", FOLDER]);
    // Wheels only: where there is none, a compiler would take minutes.
    const options = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
    const patience = ["--retries", "0", "--timeout", "10"];
    await run(PYTHON, ["-m", "pip", "install", ...options, ...patience, "-r", REQUIREMENTS]);
    await run(PYTHON, ["-c", "import numpy"]);
    await writeFile(STAMP, wanted);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const why = (stderr || message).trim().split("\n").at(-1);
    onProgress(`python: left out, its tests are skipped: ${why}`);
  }
}
