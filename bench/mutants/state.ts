import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { MutatedFile } from "./generate.ts";
import type { Outcome } from "./trial.ts";

/** Of what texts something is known. */
export interface Digests {
  readonly text: string;
  readonly tests: string;
}

/** What is known of a mutant. */
export type Known = Outcome & Digests;

/**
 * Results by the mutants' keys, kept between runs: a run that was stopped goes on where it was. A line of JSON is added for each,
 * so that several runs at a time lose nothing.
 */
export class State {
  readonly #path: string;
  readonly #known = new Map<string, Known>();

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<State> {
    const state = new State(path);
    const text = existsSync(path) ? await readFile(path, "utf8") : "";
    for (const line of text.split("\n").filter((one) => one !== "")) {
      const { key, ...known } = JSON.parse(line) as Known & { key: string };
      state.#known.set(key, known);
    }
    return state;
  }

  /**
   * A survivor is tried again where there are other tests now; what a test killed stays so while its file stays.
   *
   * @param reviewed whether it is known that no test can tell it from the code
   */
  get(key: string, { text, tests }: Digests, reviewed = false): Known | undefined {
    const known = this.#known.get(key);
    if (known === undefined || known.text !== text) return undefined;
    return known.result === "survived" && known.tests !== tests && !reviewed ? undefined : known;
  }

  /** Of other texts, too. */
  latest(key: string): Known | undefined {
    return this.#known.get(key);
  }

  async put(key: string, known: Known): Promise<void> {
    this.#known.set(key, known);
    await mkdir(dirname(this.#path), { recursive: true });
    await appendFile(this.#path, `${JSON.stringify({ key, ...known })}\n`);
  }
}

const digest = (...texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);

/** Of a file and of the tests that look at it. What these import is not in it: a change there asks for `--again`. */
export async function digestsOf({ text, stages }: MutatedFile): Promise<Digests> {
  const tests = await Promise.all(stages.flat().map((test) => readFile(test, "utf8")));
  return { text: digest(text), tests: digest(...stages.flat(), ...tests) };
}
