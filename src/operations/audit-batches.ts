import type { OnProgress } from "../core/progress.ts";
import { type HashChain, loadHashChain } from "../crypto/poseidon.ts";
import type { Device } from "../numeric/onnx/device.ts";
import { type Agreement, isTied, traceAgrees } from "../trace/agreement.ts";
import { loadBatch } from "../workspace/batches.ts";
import { loadTrace, type ServedTrace } from "../workspace/traces.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { traceFailures } from "./explain/evidence.ts";
import type { IndexTracer } from "./index/index-tracer.ts";
import { openIndexTracers } from "./index/index-tracers.ts";

/** What running a request again says about its trace. */
export interface AuditedTrace {
  readonly number: bigint;
  readonly label: string;
  /** Undefined where the trace is not the committed one: then there is nothing to compare with. */
  readonly agreement: Agreement | undefined;
  /** TRB_EXPLAIN_TRACE, TRB_EXPLAIN_REQUEST: the trace, or its request and answer, are not those that were committed to. */
  readonly failures: readonly { readonly code: string; readonly message: string }[];
}

/** Whether a trace is what the model gives, but for another machine's rounding. */
export const holds = ({ agreement, failures }: AuditedTrace): boolean =>
  failures.length === 0 && agreement?.verdict !== "different";

export interface AuditedBatch {
  /** INDEX-NUMBER. */
  readonly batch: string;
  readonly traces: readonly AuditedTrace[];
}

/** Runs a request again, where its trace is the committed one. */
async function auditTrace(
  trace: ServedTrace,
  committed: bigint,
  { tracer, labels, quantisation }: IndexTracer,
  hash: HashChain,
): Promise<AuditedTrace> {
  const { label, probability, record } = trace;
  const failures = traceFailures(trace, committed, hash);
  const about = { number: record.number, label, failures };
  if (failures.length > 0) return { ...about, agreement: undefined };
  const request = typeof trace.request === "string" ? trace.request : Float64Array.from(trace.request);
  const answer = { labelIndex: labels.indexOf(label), probability, u: record.u };
  const own = await tracer.infer(request);
  const atServed = isTied(answer, own) ? await tracer.traceAt(request, answer.labelIndex) : undefined;
  return { ...about, agreement: traceAgrees(answer, own, quantisation, atServed) };
}

/**
 * Runs the requests of batches again and compares their traces with those that were committed to: the proof takes u as it is,
 * and this is how somebody who has models, indexes and traces finds out whether it was made as it should be. Models of one shape
 * share a session, so that batches of many adapters of a base are audited as those of one.
 *
 * @param names INDEX-NUMBER each
 * @throws TRB_PIPELINE_NO_FILE, TRB_MODEL_DEVICE, and what opening a model and its index throws
 */
export async function auditBatches(
  workspace: Workspace,
  { names, device }: { readonly names: readonly string[]; readonly device?: Device },
  onProgress: OnProgress,
): Promise<AuditedBatch[]> {
  const batches = names.map((name) => ({ name, ...loadBatch(workspace, name) }));
  const total = batches.reduce((sum, { statement }) => sum + statement.traces.length, 0);
  const hash = await loadHashChain();
  const epochs = batches.map(({ record }) => record.epoch);
  const { tracers, close } = await openIndexTracers(workspace, epochs, device);
  const audited: AuditedBatch[] = [];
  let done = 0;
  try {
    for (const { name, statement, record } of batches) {
      const traces: AuditedTrace[] = [];
      for (const [q, committed] of statement.traces.entries()) {
        onProgress({ stage: "run requests again", done: done++, total });
        const trace = loadTrace(workspace, statement.indexId, statement.n0 + BigInt(q));
        traces.push(await auditTrace(trace, committed, tracers.get(record.epoch)!, hash));
      }
      audited.push({ batch: name, traces });
    }
  } finally {
    await close();
  }
  return audited;
}
