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

/** Ends a process and what it started: all of its group. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of the group have ended.
  }
}

const running = new Set<number>();

/** Ends the tests that are running, when the whole run is to stop. */
export function endTests(): void {
  for (const pid of running) endGroup(pid);
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
  const pid = child.pid!;
  running.add(pid);
  return new Promise((done) => {
    let text = "";
    const timer = setTimeout(() => {
      endGroup(pid);
      done(undefined);
    }, limitMs);
    child.stdout.on("data", (part) => {
      text = (text + part).slice(-65_536);
    });
    child.on("close", () => {
      clearTimeout(timer);
      endGroup(pid);
      running.delete(pid);
      const last = text.trimEnd().split("\n").at(-1) ?? "";
      try {
        done(JSON.parse(last));
      } catch {
        done({ failed: "the process ended", why: last.slice(0, 300) });
      }
    });
  });
}

/** A stage of tests, and how long the code as it is takes, once that was measured. */
export interface Stage {
  readonly tests: readonly string[];
  ms?: number;
}

/**
 * Runs a stage on the code as it is.
 *
 * @throws Error where a test fails: everything would then seem killed
 */
async function measure(copy: Copy, tests: readonly string[]): Promise<number> {
  const begun = performance.now();
  const said = await runTests(copy, tests, 900_000);
  if (said?.passed !== undefined) return performance.now() - begun;
  throw new Error(`without any change: ${said?.file ?? tests[0]}: ${said?.failed}: ${said?.why}`);
}

/** The compilers' and the loader's own words for a text that is no program. */
const NO_PROGRAM = /SyntaxError|TRB_SETUP_CIRCOM|does not compile|ERR_INVALID_TYPESCRIPT/;

/** Puts one mutant into a copy, runs a stage's tests until one fails, and puts the file back. */
export async function tryMutant(
  copy: Copy,
  { file, text }: MutatedFile,
  mutant: Mutant,
  stage: Stage,
): Promise<Outcome> {
  const { tests } = stage;
  stage.ms ??= await measure(copy, tests);
  try {
    await copy.put(file, mutated(text, mutant));
  } catch {
    await copy.restore(file, text);
    return { result: "invalid" };
  }
  try {
    // Four times as long, on a machine that may have become busy: an endless loop is noticed, a slow machine is not.
    const said = await runTests(copy, tests, 4 * stage.ms + 20_000);
    if (said === undefined) return { result: "killed", by: `${tests[0]} and others: no end` };
    if (said.failed === undefined) return { result: "survived" };
    if (NO_PROGRAM.test(said.why ?? "")) return { result: "invalid" };
    const by = said.file?.replace(`${copy.folder}/`, "") ?? tests.join(" ");
    return { result: "killed", by: `${by} › ${said.failed}` };
  } finally {
    await copy.restore(file, text);
  }
}
