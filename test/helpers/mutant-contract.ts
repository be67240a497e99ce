import { readFile } from "node:fs/promises";
import type { Compiled } from "./chain.ts";
import { compileSolidity } from "./compile-solidity.ts";

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
 * @param contract its source file, which may be another than the changed one (a library's user)
 * @throws Error where the text to remove is not there exactly once: the contract has changed, and the test with it
 */
export async function compileMutant(contract: string, mutation: Mutation): Promise<Compiled> {
  const { file, remove, insert = "" } = mutation;
  const text = await readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  const parts = text.split(remove);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${remove}`);
  const name = contract.replace(/^.*\/|\.sol$/g, "");
  return compileSolidity(contract, name, new Map([[file, parts.join(insert)]]));
}
