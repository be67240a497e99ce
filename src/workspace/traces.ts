import { join } from "node:path";
import { z } from "zod";
import type { Hex } from "../core/hex.ts";
import { parseJson } from "../core/json.ts";
import { address, decimalBelow, scalar } from "../crypto/codecs.ts";
import { R } from "../crypto/field.ts";
import { toHex } from "../crypto/words.ts";
import { readJson, SECRET, writeJson } from "../files/disk.ts";
import { POOL_BITS } from "../params/bits.ts";
import { encodeReceipt, parseReceipt, type SignedReceipt } from "../settlement/receipt.ts";
import type { TraceRecord } from "../trace/types.ts";
import { listNames, type Workspace } from "./workspace.ts";

/** A served request as the operator keeps it: the trace with its secrets, and what the payer got. */
export interface ServedTrace {
  /** Number of the index here (its name in index/). */
  readonly epoch: number;
  readonly record: TraceRecord;
  /** t_q. */
  readonly commitment: bigint;
  /** The text, or the numbers. */
  readonly request: string | readonly number[];
  readonly label: string;
  /** Probability of the served label. */
  readonly probability: number;
  readonly payer: Hex;
  readonly receipt: SignedReceipt;
}

const amount = decimalBelow(1n << 64n);
const fileSchema = z.strictObject({
  format: z.literal("tributary-trace"),
  version: z.literal(1),
  epoch: z.int().positive(),
  indexId: decimalBelow(R),
  number: decimalBelow(R),
  io: scalar,
  fee: amount,
  pool: decimalBelow(1n << BigInt(POOL_BITS)),
  blind: scalar,
  /** k bytes, two's complement. */
  u: z.string().regex(/^([0-9a-f]{2})+$/),
  commitment: scalar,
  request: z.union([z.string(), z.array(z.number())]),
  label: z.string(),
  probability: z.number().min(0).max(1),
  payer: address,
  receipt: z.unknown(),
});

const fileOf = (workspace: Workspace, indexId: bigint, number: bigint): string =>
  join(workspace.traces, `${indexId}-${number}.json`);

/** Writes traces/INDEX-NUMBER.json, readable by the owner only: u and the blinding would tell what the proof hides. */
export function saveTrace(workspace: Workspace, trace: ServedTrace): void {
  const { record, commitment, receipt, payer, ...rest } = trace;
  const file: z.input<typeof fileSchema> = {
    format: "tributary-trace",
    version: 1,
    ...rest,
    request: typeof rest.request === "string" ? rest.request : [...rest.request],
    indexId: record.indexId.toString(),
    number: record.number.toString(),
    io: toHex(record.io),
    fee: record.fee.toString(),
    pool: record.pool.toString(),
    blind: toHex(record.blind),
    u: Buffer.from(record.u.buffer, record.u.byteOffset, record.u.length).toString("hex"),
    commitment: toHex(commitment),
    payer: payer.toLowerCase(),
    receipt: parseJson(encodeReceipt(receipt)),
  };
  writeJson(fileOf(workspace, record.indexId, record.number), file, SECRET);
}

/** @throws TRB_FILE_NOT_FOUND, TRB_FILE_MALFORMED, TRB_SETTLEMENT_RECEIPT_FORMAT */
export function loadTrace(workspace: Workspace, indexId: bigint, number: bigint): ServedTrace {
  const file = readJson(fileOf(workspace, indexId, number), fileSchema);
  const { epoch, request, label, probability, payer, commitment, io, fee, pool, blind } = file;
  const u = Int8Array.from(Buffer.from(file.u, "hex"));
  const record: TraceRecord = { indexId: file.indexId, number: file.number, io, fee, pool, blind, u };
  const receipt = parseReceipt(JSON.stringify(file.receipt));
  return { epoch, record, commitment, request, label, probability, payer, receipt };
}

/** Numbers of the payments of an index that have a trace here, in order. */
export function traceNumbers(workspace: Workspace, indexId: bigint): bigint[] {
  const prefix = `${indexId}-`;
  return listNames(workspace.traces, /^\d+-\d+\.json$/)
    .filter((name) => name.startsWith(prefix))
    .map((name) => BigInt(name.slice(prefix.length, -".json".length)));
}
