import { readSync } from "node:fs";
import { TributaryError } from "../core/errors.ts";

/** The environment variable that a password is read from where nothing else is said. */
export const PASSWORD_VARIABLE = "TRIBUTARY_PASSWORD";

const MAX_BYTES = 4096;

/** Where a password comes from. Never a flag: those are in the shell's history and in the list of processes. */
export interface PasswordSource {
  /** A file descriptor that a line is read from: 0 is standard input. It is asked before the environment. */
  readonly descriptor?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The password of a keystore: the first line of the descriptor where one is given, otherwise the
 * environment variable TRIBUTARY_PASSWORD.
 *
 * @throws TRB_SETTLEMENT_PASSWORD_MISSING, TRB_SETTLEMENT_PASSWORD_EMPTY, TRB_SETTLEMENT_PASSWORD_UNREADABLE
 */
export function readPassword({ descriptor, environment = process.env }: PasswordSource): string {
  const password = descriptor === undefined ? environment[PASSWORD_VARIABLE] : readDescriptor(descriptor);
  if (password === undefined) {
    throw new TributaryError("TRB_SETTLEMENT_PASSWORD_MISSING", "No password for the keystore was given.", {
      hint: `Set ${PASSWORD_VARIABLE}, or give a file descriptor to read it from.`,
    });
  }
  if (password === "") {
    throw new TributaryError("TRB_SETTLEMENT_PASSWORD_EMPTY", "The password of a keystore cannot be empty.");
  }
  return password;
}

function readDescriptor(descriptor: number): string {
  try {
    return readLine(descriptor);
  } catch (cause) {
    throw new TributaryError(
      "TRB_SETTLEMENT_PASSWORD_UNREADABLE",
      "The password cannot be read from this file descriptor.",
      {
        details: `${descriptor}: ${(cause as NodeJS.ErrnoException).code}`,
        hint: "Open it for the command itself: … --password-fd 3 3<file (npm run does not hand it on).",
        cause,
      },
    );
  }
}

/** Byte by byte up to the line's end, so that what follows stays in the descriptor for its next reader. */
function readLine(descriptor: number): string {
  const bytes: number[] = [];
  const next = Buffer.alloc(1);
  while (bytes.length < MAX_BYTES && readSync(descriptor, next) === 1) {
    if (next[0] === 0x0a) break;
    bytes.push(next[0]!);
  }
  const line = Buffer.from(bytes).toString("utf8");
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
