import { resolve } from "node:path";
import type { Command } from "commander";
import { interruptible } from "../core/interruptible.ts";
import type { OnProgress } from "../core/progress.ts";
import { removeDrafts } from "../files/drafts.ts";
import type { KeySource } from "../operations/keys/key-source.ts";
import { lockFolder, lockRecords, type RecordKind } from "../workspace/locks.ts";
import { EXIT } from "./exit-codes.ts";
import { watchInterruption } from "./interrupt.ts";
import { type Outcome, printOutcome, type SentOutcome } from "./output.ts";
import { startProgress } from "./progress.ts";
import { waitingFrom, waitOption } from "./wait-option.ts";
import { answer, isWorkProcess, runInProcess } from "./work-process.ts";

/** What every command is given besides its own options. */
export interface Context {
  /** The workspace's folder, absolute. */
  readonly dir: string;
  readonly onProgress: OnProgress;
  /** Takes the bar away, for a command that goes on after its work is done. */
  readonly endProgress: () => void;
  /** The keys of --keys; undefined for the development keys. */
  readonly keys: KeySource | undefined;
  /** Aborted by Ctrl-C or `kill`. */
  readonly signal: AbortSignal;
}

interface Described<Options> {
  /** Name and arguments in commander's notation: "verify <bundle>". */
  readonly usage: string;
  readonly summary: string;
  /** One or more lines that work as they stand. */
  readonly example: string;
  /** Adds the command's own options. */
  readonly options?: (command: Command) => Command;
  /** Whether the command has nothing to do with a workspace, and so no --dir. */
  readonly standalone?: boolean;
  /** What of the workspace the command writes: it is the only writer of that while it runs, and has --wait. */
  readonly writes?: readonly RecordKind[];
  /** A folder of results that the command alone writes while it runs. */
  readonly writesInto?: (options: Options) => string;
  /** Whether the command proves, verifies or commits, and so has --keys. */
  readonly usesKeys?: boolean;
  /**
   * What a signal does. "leaves": the work is left where it stands, and what is half written goes. "tidies": the command looks at
   * `signal` itself, and is waited for. "process": it computes for long without looking up, so it has a process to itself. "own":
   * it is meant to run until then.
   */
  readonly interruption?: "leaves" | "tidies" | "process" | "own";
}

type Run<Options, Result> = (context: Context, options: Options, args: readonly string[]) => Promise<Result>;

/** A command that sends transactions says what gas they used, also where it sent none. */
export type CommandSpec<Options> = Described<Options> &
  (
    | { readonly sends: true; readonly run: Run<Options, SentOutcome> }
    /** Undefined where the command has said everything itself. */
    | { readonly sends?: undefined; readonly run: Run<Options, Outcome | undefined> }
  );

const DEFAULT_DIR = ".tributary";

export function fullName(command: Command): string {
  const parent = command.parent;
  return parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

/** Loaded late: most commands need no keys. */
async function keysOf(folder = process.env.TRIBUTARY_KEYS): Promise<KeySource | undefined> {
  if (folder === undefined) return undefined;
  const { folderSource } = await import("../operations/keys/key-source.ts");
  return folderSource(resolve(folder));
}

interface CommonOptions {
  readonly dir?: string;
  readonly json?: boolean;
  readonly keys?: string;
  readonly wait?: number | true;
}

function addCommonOptions<Options>(command: Command, spec: CommandSpec<Options>): void {
  command
    .description(spec.summary)
    .option("--json", "print one JSON object on stdout and nothing else")
    .addHelpText("after", `\nExample:\n${spec.example.replace(/^/gm, "  ")}`);
  if (spec.standalone !== true) {
    const fallback = process.env.TRIBUTARY_DIR ?? DEFAULT_DIR;
    command.option("--dir <folder>", "workspace that the commands share", fallback);
  }
  if (spec.writes !== undefined || spec.writesInto !== undefined) command.addOption(waitOption());
  if (spec.usesKeys === true) {
    command.option(
      "--keys <folder>",
      "keys of a ceremony (default: TRIBUTARY_KEYS, or the development keys)",
    );
  }
  spec.options?.(command);
}

const nothingToRelease = (): void => {};

/** The locks of a command that writes. @throws TRB_WORKSPACE_LOCKED, TRB_CANCELLED */
async function lock<Options>(
  command: Command,
  { writes, writesInto }: CommandSpec<Options>,
  options: Options & CommonOptions,
  signal: AbortSignal,
): Promise<() => void> {
  const waiting = waitingFrom(options.wait, signal);
  const name = fullName(command);
  if (writes !== undefined) return lockRecords(resolve(options.dir ?? DEFAULT_DIR), writes, name, waiting);
  return writesInto === undefined
    ? nothingToRelease
    : lockFolder(resolve(writesInto(options)), name, waiting);
}

/** Does a command's work under its locks, with its progress shown. @throws TRB_CANCELLED, and what the command throws */
async function perform<Options>(
  command: Command,
  spec: CommandSpec<Options>,
  options: Options & CommonOptions,
): Promise<Outcome | undefined> {
  const { interruption = "leaves" } = spec;
  const dir = resolve(options.dir ?? DEFAULT_DIR);
  const watch = watchInterruption(interruption !== "own");
  const { signal } = watch;
  let release = nothingToRelease;
  let progress: ReturnType<typeof startProgress> | undefined;
  try {
    release = await lock(command, spec, options, signal);
    progress = startProgress();
    const { report: onProgress, end: endProgress } = progress;
    if (interruption === "process") return await runInProcess({ onProgress, signal });
    const keys = spec.usesKeys === true ? await keysOf(options.keys) : undefined;
    const context = { dir, onProgress, endProgress, keys, signal };
    const work = (): Promise<Outcome | undefined> => spec.run(context, options, command.args);
    return await (interruption === "leaves" ? interruptible(signal, work) : work());
  } finally {
    progress?.end();
    if (signal.aborted) removeDrafts();
    release();
    watch.end();
  }
}

/** Registers a command with what all of them have: --dir, --json, an example in its help, progress, the exit code. */
export function addCommand<Options>(parent: Command, spec: CommandSpec<Options>): void {
  const command = parent.command(spec.usage);
  addCommonOptions(command, spec);
  command.action(async () => {
    const options = command.opts<Options & CommonOptions>();
    if (isWorkProcess()) {
      const dir = resolve(options.dir ?? DEFAULT_DIR);
      const keys = spec.usesKeys === true ? await keysOf(options.keys) : undefined;
      await answer(({ onProgress, signal }) =>
        spec.run({ dir, onProgress, endProgress: () => {}, keys, signal }, options, command.args),
      );
      return;
    }
    const outcome = await perform(command, spec, options);
    if (outcome !== undefined) printOutcome(outcome, options.json === true);
    process.exitCode = outcome?.ok !== false ? EXIT.ok : EXIT.checkFailed;
  });
}
