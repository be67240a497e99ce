import { createReadStream } from "node:fs";
import { TributaryError } from "../core/errors.ts";

const MAX_CHARACTERS = 100_000;

/** Where a contributor's own randomness comes from. Never a flag: those are in the shell's history and in the list of processes. */
export interface EntropySource {
  readonly descriptor?: number | undefined;
  /** Whether to ask at the terminal. */
  readonly ask: boolean;
}

/** Up to the first line's end, or as much as is already too long: a device has no end. */
async function firstLine(input: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += chunk.toString("utf8");
    const end = text.search(/\r?\n/);
    if (end >= 0) return text.slice(0, end);
    if (text.length > MAX_CHARACTERS) break;
  }
  return text;
}

/** Typed blind, so that nobody reads it from the screen's history. */
async function askTerminal(): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw new TributaryError("TRB_CLI_ENTROPY", "There is no terminal to type at.", {
      hint: "Give a file descriptor: … --entropy-fd 3 3</dev/random-device",
    });
  }
  stderr.write("Type something nobody can guess, then Enter (it is not shown): ");
  const typed: string[] = [];
  stdin.setRawMode(true);
  try {
    for await (const chunk of stdin) {
      const text = String(chunk);
      // In raw mode Ctrl-C is a character.
      if (text.includes("\u0003")) {
        process.kill(process.pid, "SIGINT");
        break;
      }
      typed.push(text);
      if (/[\r\n]/.test(text)) break;
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
  return typed.join("");
}

/**
 * Text to hash to the system's randomness; empty where none is asked for.
 *
 * @throws TRB_CLI_ENTROPY for a descriptor that gives nothing, or no terminal
 */
export async function readExtraEntropy({ descriptor, ask }: EntropySource): Promise<string> {
  const parts: string[] = [];
  if (descriptor !== undefined) {
    let line: string;
    try {
      line = await firstLine(createReadStream("", { fd: descriptor, autoClose: false }));
    } catch (cause) {
      throw new TributaryError(
        "TRB_CLI_ENTROPY",
        "The file descriptor for extra randomness cannot be read.",
        {
          cause,
          details: `${descriptor}: ${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}`,
          hint: "Open it for the command itself: … --entropy-fd 3 3<file",
        },
      );
    }
    parts.push(line);
  }
  if (ask) parts.push(await askTerminal());
  if (
    (descriptor !== undefined || ask) &&
    parts.some((part) => part.trim() === "" || part.length > MAX_CHARACTERS)
  ) {
    throw new TributaryError(
      "TRB_CLI_ENTROPY",
      "The extra randomness is empty, or longer than a line should be.",
      {
        hint: "Give one line of text, or leave it away: the system's randomness is always used.",
      },
    );
  }
  return parts.join("\n");
}
