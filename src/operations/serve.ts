import type { LocalAccount } from "viem";
import { commitTrace } from "../commitment/trace.ts";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import type { OnProgress } from "../core/progress.ts";
import { loadHashChain } from "../crypto/poseidon.ts";
import { randomScalar } from "../crypto/random-scalar.ts";
import type { Features } from "../datanet/types.ts";
import type { Device } from "../numeric/onnx/device.ts";
import { ioDigest } from "../protocol/transcript.ts";
import type { ChainReader } from "../settlement/chain.ts";
import { readNextNumber } from "../settlement/commit.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { readIsOperator } from "../settlement/model.ts";
import { signReceipt } from "../settlement/receipt.ts";
import type { Inference, TraceRecord } from "../trace/types.ts";
import type { RegisteredIndex } from "../workspace/registry.ts";
import { type ServedTrace, saveTrace, traceNumbers } from "../workspace/traces.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { poolOf } from "./fees.ts";
import { openIndexTracer } from "./index/index-tracer.ts";

/** The operator that serves: it signs a receipt for each request. */
export interface Service {
  readonly workspace: Workspace;
  readonly reader: ChainReader;
  readonly deployment: Deployment;
  readonly operator: LocalAccount;
}

export interface ServeOptions {
  /** Number of the index here. */
  readonly epoch: number;
  readonly registered: RegisteredIndex;
  /** Units for each request. */
  readonly fee: bigint;
  readonly payer: Hex;
  /** The CPU where absent. */
  readonly device?: Device;
}

export interface Served {
  readonly trace: ServedTrace;
  readonly inference: Inference;
}

const utf8 = new TextEncoder();

/** A request as it is hashed into io: a text's UTF-8, or the numbers as a JSON array. */
export const requestBytes = (request: Features): Uint8Array =>
  utf8.encode(typeof request === "string" ? request : JSON.stringify(Array.from(request)));

/** What was answered, as it is hashed into io: JSON of the label and its probability. */
export const outputBytes = ({ label, probability }: Pick<Inference, "label" | "probability">): Uint8Array =>
  utf8.encode(JSON.stringify({ label, probability }));

/** The next payment's number: after the chain's payments, and after the traces that wait here. */
async function nextNumber({ workspace, reader, deployment }: Service, indexId: bigint): Promise<bigint> {
  const onChain = await readNextNumber(reader, deployment, indexId);
  const last = traceNumbers(workspace, indexId).at(-1);
  return last !== undefined && last >= onChain ? last + 1n : onChain;
}

/** A second that is not before the chain's own: an auditor holds it against the block in which the index was registered. */
function secondNow(chainTime: bigint): bigint {
  const here = BigInt(Math.floor(Date.now() / 1000));
  return here > chainTime ? here : chainTime;
}

/** Said before the first answer: what an account that is no operator serves, it can never commit. */
async function requireOperator({ reader, deployment, operator }: Service, indexId: bigint): Promise<void> {
  if (await readIsOperator(reader, deployment, { indexId, operator: operator.address })) return;
  throw new TributaryError("TRB_SERVE_NOT_OPERATOR", "This account may not serve under the index.", {
    details: `${operator.address}, index ${indexId} on the chain`,
    hint: "Sign with an operator's --account, or have the model's owner name this one: tributary register --operator NAME",
  });
}

/**
 * Answers requests, and keeps for each the trace that its fee will be split by, with a receipt for the payer. A
 * trace is on disk before the next request is answered.
 *
 * @throws TRB_SERVE_NOT_OPERATOR, TRB_FEES_POOL, TRB_MODEL_*, TRB_TRACE_*
 */
export async function serveRequests(
  service: Service,
  { epoch, registered, fee, payer, device }: ServeOptions,
  requests: readonly Features[],
  onProgress: OnProgress,
): Promise<Served[]> {
  const { workspace, operator, deployment } = service;
  const { indexId, split } = registered;
  await requireOperator(service, indexId);
  const { tracer, tier } = await openIndexTracer(workspace, epoch, device);
  const served: Served[] = [];
  try {
    const pool = poolOf(fee, split, tier);
    const hash = await loadHashChain();
    let number = await nextNumber(service, indexId);
    const { timestamp } = await service.reader.client.getBlock();
    for (const [i, request] of requests.entries()) {
      onProgress({ stage: "serve requests", done: i, total: requests.length });
      const inference = await tracer.infer(request);
      const io = ioDigest(requestBytes(request), outputBytes(inference));
      const record: TraceRecord = { indexId, io, number, fee, pool, blind: randomScalar(), u: inference.u };
      const commitment = commitTrace(record, hash);
      const receipt = await signReceipt(
        operator,
        { chainId: deployment.chainId, treasury: deployment.contracts.treasury },
        {
          operator: operator.address,
          payer,
          indexId,
          io,
          number,
          fee,
          pool,
          trace: commitment,
          servedAt: secondNow(timestamp),
        },
      );
      const { label, probability } = inference;
      const kept = typeof request === "string" ? request : Array.from(request);
      const trace: ServedTrace = {
        epoch,
        record,
        commitment,
        request: kept,
        label,
        probability,
        payer,
        receipt,
      };
      saveTrace(workspace, trace);
      served.push({ trace, inference });
      number++;
    }
  } finally {
    await tracer.close();
  }
  return served;
}
