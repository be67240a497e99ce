import type { TributaryError } from "../core/errors.ts";
import { toJson } from "../files/disk.ts";

/** What a command found: `data` is what --json prints, `text` what a person reads. */
export interface Outcome {
  /** False where the thing that was checked is false: exit code 1. */
  readonly ok: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What a command found that sends transactions. */
export interface SentOutcome extends Outcome {
  /** Of all its transactions together; 0 where nothing was to be done. */
  readonly gasUsed: bigint;
}

/** Text for a terminal: names and files of others may hold control characters, which a terminal would obey. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");

/** The one object of --json: `ok`, `gasUsed` where a command sends transactions, and what was found. */
export const outcomeJson = ({ ok, data, gasUsed }: Outcome & Partial<SentOutcome>): string =>
  toJson({ ok, ...data, ...(gasUsed !== undefined && { gasUsed }) });

/** The same of an error. */
export const errorJson = (error: TributaryError): string => toJson({ ok: false, error });

/** An outcome on stdout: one JSON object and nothing else, or text. */
export function printOutcome(outcome: Outcome, json: boolean): void {
  const line = json ? outcomeJson(outcome) : printable(outcome.text);
  if (line !== "") process.stdout.write(`${line}\n`);
}

/** An error as `{ ok: false, error: { code, message, details, hint } }` on stdout, or as lines on stderr. */
export function printError(error: TributaryError, json: boolean): void {
  if (json) {
    process.stdout.write(`${errorJson(error)}\n`);
    return;
  }
  const lines = [`${error.code}: ${error.message}`];
  if (error.details !== undefined) lines.push(error.details.replace(/^/gm, "  "));
  if (error.hint !== undefined) lines.push(`  What to do: ${error.hint}`);
  process.stderr.write(`${printable(lines.join("\n"))}\n`);
}

/** Rows of label and value, aligned. */
export function table(rows: readonly (readonly [string, string | number | bigint])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join("\n");
}
