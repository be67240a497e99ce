import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Copy } from "./copy.ts";
import type { MutatedFile } from "./generate.ts";
import { type Mutant, mutated } from "./mutant.ts";

/** What came of a mutant. */
export type Outcome =
  | { readonly result: "killed" /** File and name of the test that failed first. */; readonly by: string }
  | { readonly result: "survived" }
  /** It does not compile: no mutant at all. */
  | { readonly result: "invalid" };

interface Said {
  readonly passed?: number;
  readonly failed?: string;
  readonly file?: string;
  readonly why?: string;
}

/** Runs tests of a copy in a process of their own. @returns what it said, undefined where the time was over */
function runTests(copy: Copy, tests: readonly string[], limitMs: number): Promise<Said | undefined> {
  const env = { ...process.env, TRIBUTARY_PRISTINE: join(copy.folder, "pristine") };
  const child = spawn(process.execPath, ["bench/mutants/child.ts", ...tests], {
    cwd: copy.folder,
    env,
    // Tests may start processes: all of them end with the group.
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((done) => {
    let text = "";
    const stop = (): void => {
      try {
        process.kill(-child.pid!, "SIGKILL");
      } catch {
        // All of the group have ended.
      }
    };
    const timer = setTimeout(() => {
      stop();
      done(undefined);
    }, limitMs);
    child.stdout.on("data", (part) => {
      text = (text + part).slice(-65_536);
    });
    child.on("close", () => {
      clearTimeout(timer);
      stop();
      const last = text.trimEnd().split("\n").at(-1) ?? "";
      try {
        done(JSON.parse(last));
      } catch {
        done({ failed: "the process ended", why: last.slice(0, 300) });
      }
    });
  });
}

/** Stages of tests, each with the time that the code as it is takes. */
export interface Baseline {
  readonly stages: readonly { readonly tests: readonly string[]; readonly ms: number }[];
}

/**
 * Runs the stages on the code as it is.
 *
 * @throws Error where a test fails: everything would then seem killed
 */
export async function measureBaseline(copy: Copy, stages: readonly (readonly string[])[]): Promise<Baseline> {
  const measured = [];
  for (const tests of stages) {
    const begun = performance.now();
    const said = await runTests(copy, tests, 900_000);
    if (said?.passed === undefined) {
      throw new Error(`without any change: ${said?.file ?? tests[0]}: ${said?.failed}: ${said?.why}`);
    }
    measured.push({ tests, ms: performance.now() - begun });
  }
  return { stages: measured };
}

/** The compilers' and the loader's own words for a text that is no program. */
const NO_PROGRAM = /SyntaxError|TRB_SETUP_CIRCOM|does not compile|ERR_INVALID_TYPESCRIPT/;

/** Puts one mutant into a copy, runs its tests until one fails, and puts the file back. */
export async function tryMutant(
  copy: Copy,
  { file, text }: MutatedFile,
  mutant: Mutant,
  { stages }: Baseline,
): Promise<Outcome> {
  try {
    await copy.put(file, mutated(text, mutant));
  } catch {
    await copy.restore(file, text);
    return { result: "invalid" };
  }
  try {
    for (const { tests, ms } of stages) {
      // Four times as long, on a machine that may have become busy: an endless loop is noticed, a slow machine is not.
      const said = await runTests(copy, tests, 4 * ms + 20_000);
      if (said === undefined) return { result: "killed", by: `${tests[0]} and others: no end` };
      if (said.failed === undefined) continue;
      if (NO_PROGRAM.test(said.why ?? "")) return { result: "invalid" };
      const by = said.file?.replace(`${copy.folder}/`, "") ?? tests.join(" ");
      return { result: "killed", by: `${by} › ${said.failed}` };
    }
    return { result: "survived" };
  } finally {
    await copy.restore(file, text);
  }
}
