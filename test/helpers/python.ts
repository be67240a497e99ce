import { execFile, execFileSync } from "node:child_process";
import { PYTHON } from "../../scripts/setup/python.ts";

/** That of `npm run setup`, or the machine's own, if it has numpy. */
const python = [PYTHON, "python3"].find((one) => {
  try {
    execFileSync(one, ["-c", "import numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** For the `skip` of tests of Python scripts. */
export const withoutPython: string | false = python === undefined ? "no python3 with numpy" : false;

export interface PythonResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script to its end, on one thread: of small matrices several spend their time waiting for one another. */
export const runPython = (...args: readonly string[]): Promise<PythonResult> =>
  new Promise((resolve) => {
    const env = { ...process.env, OPENBLAS_NUM_THREADS: "1" };
    const child = execFile(python!, args, { env, maxBuffer: 2 ** 26 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
