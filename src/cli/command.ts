import { resolve } from "node:path";
import type { Command } from "commander";
import type { OnProgress } from "../core/progress.ts";
import type { KeySource } from "../operations/keys/key-source.ts";
import { lockWorkspace } from "../workspace/lock.ts";
import { EXIT } from "./exit-codes.ts";
import { watchInterruption } from "./interrupt.ts";
import { type Outcome, printOutcome } from "./output.ts";
import { startProgress } from "./progress.ts";

/** What every command is given besides its own options. */
export interface Context {
  /** The workspace's folder, absolute. */
  readonly dir: string;
  readonly onProgress: OnProgress;
  /** Takes the bar away, for a command that goes on after its work is done. */
  readonly endProgress: () => void;
  /** The keys of --keys; undefined for the development keys. */
  readonly keys: KeySource | undefined;
  /** Aborted by Ctrl-C or `kill`, for a command that is `interruptible`. */
  readonly signal: AbortSignal | undefined;
}

export interface CommandSpec<Options> {
  /** Name and arguments in commander's notation: "verify <bundle>". */
  readonly usage: string;
  readonly summary: string;
  /** One or more lines that work as they stand. */
  readonly example: string;
  /** Adds the command's own options. */
  readonly options?: (command: Command) => Command;
  /** Whether the command has nothing to do with a workspace, and so no --dir. */
  readonly standalone?: boolean;
  /** Whether the command writes into the workspace: then it is the only writer while it runs. */
  readonly writes?: boolean;
  /** Whether the command proves, verifies or commits, and so has --keys. */
  readonly usesKeys?: boolean;
  /** Whether the command looks at `signal`, and tidies up when it is aborted. */
  readonly interruptible?: boolean;
  /** Undefined where the command has said everything itself. */
  readonly run: (context: Context, options: Options, args: readonly string[]) => Promise<Outcome | undefined>;
}

/** The folder that commands share where neither --dir nor TRIBUTARY_DIR says another. */
const DEFAULT_DIR = ".tributary";

function fullName(command: Command): string {
  const parent = command.parent;
  return parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

/** Loaded late: most commands need no keys. */
async function keysOf(folder = process.env.TRIBUTARY_KEYS): Promise<KeySource | undefined> {
  if (folder === undefined) return undefined;
  const { folderSource } = await import("../operations/keys/key-source.ts");
  return folderSource(resolve(folder));
}

/** Registers a command with what all of them have: --dir, --json, an example in its help, progress, the exit code. */
export function addCommand<Options>(parent: Command, spec: CommandSpec<Options>): void {
  const command = parent
    .command(spec.usage)
    .description(spec.summary)
    .option("--json", "print one JSON object on stdout and nothing else")
    .addHelpText("after", `\nExample:\n${spec.example.replace(/^/gm, "  ")}`);
  if (spec.standalone !== true) {
    const fallback = process.env.TRIBUTARY_DIR ?? DEFAULT_DIR;
    command.option("--dir <folder>", "workspace that the commands share", fallback);
  }
  if (spec.usesKeys === true) {
    command.option(
      "--keys <folder>",
      "keys of a ceremony (default: TRIBUTARY_KEYS, or the development keys)",
    );
  }
  spec.options?.(command);
  command.action(async () => {
    const options = command.opts<Options & { dir?: string; json?: boolean; keys?: string }>();
    const dir = resolve(options.dir ?? DEFAULT_DIR);
    const keys = spec.usesKeys === true ? await keysOf(options.keys) : undefined;
    const release = spec.writes === true ? await lockWorkspace(dir, fullName(command)) : () => {};
    const progress = startProgress();
    const interruption = spec.interruptible === true ? watchInterruption() : undefined;
    let outcome: Outcome | undefined;
    try {
      outcome = await spec.run(
        { dir, onProgress: progress.report, endProgress: progress.end, keys, signal: interruption?.signal },
        options,
        command.args,
      );
    } finally {
      progress.end();
      release();
      interruption?.end();
    }
    if (outcome !== undefined) printOutcome(outcome, options.json === true);
    process.exitCode = outcome?.ok !== false ? EXIT.ok : EXIT.checkFailed;
  });
}
