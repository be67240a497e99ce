/** Mutants of what money depends on: docs/decisions/020-mutants.md. `--help` has the options. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ROOT } from "../../scripts/setup/circom.ts";
import { startProgress } from "../../src/cli/progress.ts";
import { makeCopy } from "./copy.ts";
import { generateMutants, isFirst, type MutatedFile } from "./generate.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantOptions, readOptions } from "./options.ts";
import { amongOthers, readResults, withEarlier, writeResults } from "./results.ts";
import { type Digests, digestsOf, type Known, State } from "./state.ts";
import { equivalentOf, resultOf, tableOf } from "./table.ts";
import { endTests, type Stage, tryMutant } from "./trial.ts";

const STATE = join(ROOT, ".cache/mutation/state.jsonl");

interface Trial {
  readonly file: MutatedFile;
  readonly mutant: Mutant;
  readonly digests: Digests;
}

const knownOf = (state: State, mutant: Mutant, digests: Digests): Known | undefined =>
  state.get(mutant.key, digests, equivalentOf(mutant) !== undefined);

/** The trials to be made, in the order of the files; with --sample those whose keys' digests are lowest. */
function chosen(all: readonly Trial[], state: State, options: MutantOptions): Trial[] {
  const wanted = all.filter(({ mutant, digests }) => {
    if (options.first && !isFirst(mutant)) return false;
    if (options.survivors) return state.latest(mutant.key)?.result === "survived";
    return options.again || knownOf(state, mutant, digests) === undefined;
  });
  if (wanted.length <= options.sample) return wanted;
  const place = ({ mutant }: Trial): string => createHash("sha256").update(mutant.key).digest("hex");
  const last = wanted.map(place).sort()[options.sample - 1]!;
  return wanted.filter((trial) => place(trial) <= last);
}

/** A mutant that the tests of `stages` are yet to be asked about. */
interface Asked extends Trial {
  readonly stages: readonly Stage[];
}

/** Each trial with its stages: those of the same tests are one, which is measured once. */
function asked(trials: readonly Trial[]): Asked[] {
  const stages = new Map<string, Stage>();
  const stageOf = (tests: readonly string[]): Stage => {
    const name = tests.join("\n");
    if (!stages.has(name)) stages.set(name, { tests });
    return stages.get(name)!;
  };
  return trials.map((trial) => ({ ...trial, stages: trial.file.stages.map(stageOf) }));
}

/** Makes trials until none is left or the time is over: the nearest tests of all come first, then what those let pass is tried further. */
async function work(
  trials: readonly Trial[],
  state: State,
  { workers, minutes }: MutantOptions,
): Promise<void> {
  const progress = startProgress();
  const end = performance.now() + 60_000 * minutes;
  const queue = asked(trials);
  let done = 0;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    endTests();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const worker = async (): Promise<void> => {
    const copy = await makeCopy();
    try {
      for (let trial = queue.shift(); trial !== undefined && performance.now() < end; trial = queue.shift()) {
        const { file, mutant, digests } = trial;
        const [nearest, ...further] = trial.stages;
        progress.report({ stage: `${file.file}:${mutant.line}`, done, total: trials.length });
        const outcome = await tryMutant(copy, file, mutant, nearest!);
        if (stopped) return;
        if (outcome.result === "survived" && further.length > 0) {
          queue.push({ ...trial, stages: further });
          continue;
        }
        await state.put(mutant.key, { ...outcome, ...digests });
        done++;
      }
    } finally {
      await copy.remove();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, trials.length) }, worker));
  } finally {
    progress.end();
  }
}

const options = readOptions();
if (options !== undefined) {
  process.chdir(ROOT);
  const files = await generateMutants(options.only);
  const digests = new Map<MutatedFile, Digests>();
  for (const file of files) digests.set(file, await digestsOf(file));
  const state = await State.open(STATE);
  const all = files.flatMap((file) =>
    file.mutants.map((mutant) => ({ file, mutant, digests: digests.get(file)! })),
  );
  if (!options.table) await work(chosen(all, state, options), state, options);
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const before = await readResults();
  const now = resultOf(
    files,
    (file, mutant) => knownOf(state, mutant, digests.get(file)!),
    (file) => ({ text: digests.get(file)!.text, commit }),
  );
  const result = withEarlier(now, before);
  if (options.write) await writeResults(amongOthers(result, before));
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : tableOf(result));
  process.exitCode = result.survivors.length === 0 ? 0 : 1;
}
