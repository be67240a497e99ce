import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Hex } from "../core/hex.ts";
import { decimalBelow } from "../crypto/codecs.ts";
import { readJson, readText, writeJson, writeWhole } from "../files/disk.ts";
import type { Statement } from "../protocol/statement.ts";
import { encodeStatement, parseStatement } from "../verification/statement-file.ts";
import { listNames, type Workspace } from "./workspace.ts";

/** What the workspace knows of a committed batch beside its statement. */
export interface BatchRecord {
  /** Number of the index here. */
  readonly epoch: number;
  /** Gross fees in units, one for each payment. */
  readonly fees: readonly bigint[];
  /** Second after which the batch can be expired. */
  readonly deadline: bigint;
  /** Where the treasury keeps the batch's record: a place of this operator's. */
  readonly operator?: Hex | undefined;
  readonly place?: bigint | undefined;
  /** Absent where the batch was found on the chain after a crash. */
  readonly transaction?: string | undefined;
  readonly gas?: bigint | undefined;
}

const unsigned = decimalBelow(1n << 64n);
/** In any spelling: events have addresses with their checksum. */
const account = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as Hex);
const recordSchema = z.strictObject({
  epoch: z.int().positive(),
  fees: z.array(unsigned),
  deadline: unsigned,
  operator: account.optional(),
  place: decimalBelow(1n << 256n).optional(),
  transaction: z.string().optional(),
  gas: unsigned.optional(),
});

/** INDEX-N0: how a batch is called in file names and on the command line. */
export const batchName = ({ indexId, n0 }: Pick<Statement, "indexId" | "n0">): string => `${indexId}-${n0}`;

const statementPath = (workspace: Workspace, name: string): string =>
  join(workspace.batches, `${name}.statement.json`);
const recordPath = (workspace: Workspace, name: string): string => join(workspace.batches, `${name}.json`);

/** Writes the statement last: a batch counts as known when its statement is there. */
export function saveBatch(workspace: Workspace, statement: Statement, record: BatchRecord): void {
  const name = batchName(statement);
  writeJson(recordPath(workspace, name), record);
  writeWhole(statementPath(workspace, name), encodeStatement(statement));
}

export const hasBatch = (workspace: Workspace, name: string): boolean =>
  existsSync(statementPath(workspace, name));

/** @throws TRB_FILE_NOT_FOUND, TRB_FILE_MALFORMED, TRB_VERIFY_EXPECTATION */
export function loadBatch(workspace: Workspace, name: string): { statement: Statement; record: BatchRecord } {
  const statement = parseStatement(readText(statementPath(workspace, name)));
  return { statement, record: readJson(recordPath(workspace, name), recordSchema) };
}

/** Names of the batches here, in the order of index and number. */
export function batchNames(workspace: Workspace): string[] {
  const suffix = ".statement.json";
  return listNames(workspace.batches, /^\d+-\d+\.statement\.json$/).map((file) =>
    file.slice(0, -suffix.length),
  );
}

export const bundlePath = (workspace: Workspace, name: string): string =>
  join(workspace.proofs, `${name}.json`);
