import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Compiled } from "./chain.ts";
import { compileSolidity } from "./compile-solidity.ts";

/** Sources as they are: a run of mutants (bench/mutants) changes those of its copy of the tree, and keeps these beside it. */
const PRISTINE =
  process.env.TRIBUTARY_PRISTINE === undefined
    ? new URL("../../", import.meta.url)
    : pathToFileURL(`${process.env.TRIBUTARY_PRISTINE}/`);

/** One textual change of one source file: a check taken out. */
export interface Mutation {
  /** Path from the repository's root. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly remove: string;
  /** What stands there in the mutant; nothing by default. */
  readonly insert?: string;
}

/**
 * Compiles a contract without the check that an attack is stopped by, so that a test can show that the
 * attack succeeds there: then the check, and nothing else, is what stops it.
 *
 * @param contract its source file, which may be another than a changed one (a library's user)
 * @throws Error where a text to remove is not there exactly once: the contract has changed, and the test with it
 */
export async function compileMutant(contract: string, ...mutations: Mutation[]): Promise<Compiled> {
  const patched = new Map<string, string>();
  for (const { file, remove, insert = "" } of mutations) {
    const text = patched.get(file) ?? (await readFile(new URL(file, PRISTINE), "utf8"));
    const parts = text.split(remove);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${remove}`);
    patched.set(file, parts.join(insert));
  }
  return compileSolidity(contract, contract.replace(/^.*\/|\.sol$/g, ""), patched, PRISTINE);
}
