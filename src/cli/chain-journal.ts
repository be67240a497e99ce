import {
  closeSync,
  createReadStream,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { bytes32 } from "../crypto/codecs.ts";
import { explainFileError } from "../files/disk.ts";
import { FORKS } from "./forks.ts";

/** A request that changed the chain, and what the chain was after it. */
const change = z.strictObject({
  method: z.string(),
  params: z.array(z.unknown()),
  /** Second of the first block that it mined; null where it mined none. */
  mined: z.int().nullable(),
  /** Hash of the newest block afterwards. */
  head: bytes32,
  /** Seconds that the chain's clock is ahead of the machine's. */
  ahead: z.int(),
});
export type Change = z.output<typeof change>;

const header = z.strictObject({
  format: z.literal("tributary-development-chain"),
  version: z.literal(1),
  fork: z.enum(FORKS),
  /** The first block's second. */
  seconds: z.int().nonnegative(),
  genesis: bytes32,
});
export type Header = Omit<z.output<typeof header>, "format" | "version">;

/** Where the contracts are, once all of them are there: a deployment record. */
const deployed = z.strictObject({ deployment: z.unknown() });
const line = z.union([header, change, deployed]);

/** What a file has that a chain's state is kept in, in its order. */
export interface Kept {
  readonly header: Header;
  readonly changes: readonly Change[];
  readonly deployment: unknown;
}

const MOST_BYTES = 2 ** 30;
const NEW_LINE = 0x0a;

function damaged(path: string, number: number, cause?: unknown): TributaryError {
  return new TributaryError("TRB_CLI_STATE_CORRUPT", "This file is not the state of a development chain.", {
    details: `${path}, line ${number}`,
    hint: "Name another file with --state; a new one begins a new chain.",
    cause,
  });
}

/** Whole lines, and the bytes up to the end of the last of them: a killed process may have left a part of one more. */
async function readLines(path: string): Promise<{ texts: string[]; bytes: number }> {
  const texts: string[] = [];
  let bytes = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      const whole = Buffer.concat([...rest, chunk.subarray(start, end)]);
      texts.push(whole.toString("utf8"));
      bytes += whole.length + 1;
      rest = [];
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  }
  return { texts, bytes };
}

/**
 * A file that a development chain's state is kept in: one line for each request that changed it, written before the request is
 * answered. A new chain is made the same by asking it the same again.
 */
export class ChainJournal {
  readonly path: string;
  /** Undefined where the file is new. */
  readonly kept: Kept | undefined;
  readonly #file: number;

  private constructor(path: string, kept: Kept | undefined, bytes: number) {
    this.path = path;
    this.kept = kept;
    this.#file = openSync(path, "a", 0o644);
    ftruncateSync(this.#file, bytes);
  }

  /** @throws TRB_CLI_STATE_CORRUPT, TRB_FILE_ACCESS, TRB_FILE_NOT_FOUND (its folder) */
  static async open(path: string): Promise<ChainJournal> {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return new ChainJournal(path, undefined, 0);
      if (!found.isFile() || found.size > MOST_BYTES) throw damaged(path, 1);
      const { texts, bytes } = await readLines(path);
      return new ChainJournal(path, parse(path, texts), bytes);
    } catch (error) {
      throw explainFileError(error, path);
    }
  }

  /** The first line of a new file. */
  begin(first: Header): void {
    this.#append({ format: "tributary-development-chain", version: 1, ...first });
  }

  keep(one: Change): void {
    this.#append(one);
  }

  keepDeployment(deployment: unknown): void {
    this.#append({ deployment });
  }

  #append(value: unknown): void {
    try {
      writeSync(this.#file, `${JSON.stringify(value)}\n`);
      fdatasyncSync(this.#file);
    } catch (error) {
      throw explainFileError(error, this.path);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function parse(path: string, texts: readonly string[]): Kept | undefined {
  const lines = texts.map((text, i) => {
    try {
      return line.parse(parseJson(text));
    } catch (cause) {
      throw damaged(path, i + 1, cause);
    }
  });
  const [first, ...others] = lines;
  if (first === undefined) return undefined;
  if (!("format" in first)) throw damaged(path, 1);
  const { fork, seconds, genesis } = first;
  const changes: Change[] = [];
  let deployment: unknown;
  for (const [i, one] of others.entries()) {
    if ("method" in one) changes.push(one);
    else if ("deployment" in one) deployment = one.deployment;
    else throw damaged(path, i + 2);
  }
  return { header: { fork, seconds, genesis }, changes, deployment };
}
