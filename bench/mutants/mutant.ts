import { createHash } from "node:crypto";

export type Language = "circom" | "solidity" | "typescript";

/** One change of one place of a source file. */
export interface Change {
  /** What kind of change it is: `guard removed`. */
  readonly operator: string;
  /** Offsets into the file's text. */
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

export interface Mutant extends Change {
  /** The same as long as the changed lines, and their number among equal ones, stay: other lines may move. */
  readonly key: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The lines that are changed, as they are, and as they are in the mutant; spaces run together. */
  readonly before: string;
  readonly after: string;
}

const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

export const mutated = (text: string, { start, end, insert }: Change): string =>
  text.slice(0, start) + insert + text.slice(end);

/** Gives changes their lines and keys; drops those that change nothing and those that say the same as another one. */
export function mutantsOf(file: string, text: string, changes: readonly Change[]): Mutant[] {
  const seen = new Map<string, number>();
  const texts = new Set<string>();
  const mutants: Mutant[] = [];
  for (const change of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const whole = mutated(text, change);
    if (flat(whole) === flat(text) || texts.has(whole)) continue;
    texts.add(whole);
    const from = text.lastIndexOf("\n", change.start - 1) + 1;
    const newline = text.indexOf("\n", change.end);
    const to = newline < 0 ? text.length : newline;
    const before = flat(text.slice(from, to));
    const after = flat(text.slice(from, change.start) + change.insert + text.slice(change.end, to));
    const name = `${file}\0${before}\0${after}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const key = createHash("sha256").update(`${name}\0${nth}`).digest("hex").slice(0, 16);
    mutants.push({
      ...change,
      key,
      file,
      line: text.slice(0, change.start).split("\n").length,
      before,
      after,
    });
  }
  return mutants;
}
