import type { Device } from "../core/device.ts";
import { loadHashChain } from "../core/poseidon.ts";
import type { OnProgress } from "../core/progress.ts";
import { type Agreement, isTied, traceAgrees } from "../trace/agreement.ts";
import { loadBatch } from "./batches.ts";
import { traceFailures } from "./explain/evidence.ts";
import { openIndexTracer } from "./index-tracer.ts";
import { loadTrace } from "./traces.ts";
import type { Workspace } from "./workspace.ts";

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

/**
 * Runs the requests of a batch again and compares their traces with those that were committed to: the proof takes u as it is,
 * and this is how somebody who has model, index and traces finds out whether it was made as it should be.
 *
 * @param name INDEX-NUMBER
 * @throws TRB_PIPELINE_NO_FILE, TRB_MODEL_DEVICE, and what opening a model and its index throws
 */
export async function auditBatch(
  workspace: Workspace,
  { name, device }: { readonly name: string; readonly device?: Device },
  onProgress: OnProgress,
): Promise<AuditedTrace[]> {
  const { statement, record } = loadBatch(workspace, name);
  const hash = await loadHashChain();
  const { tracer, labels, quantisation } = await openIndexTracer(workspace, record.epoch, device);
  const audited: AuditedTrace[] = [];
  try {
    for (const [q, committed] of statement.traces.entries()) {
      onProgress({ stage: "run requests again", done: q, total: statement.traces.length });
      const trace = loadTrace(workspace, statement.indexId, statement.n0 + BigInt(q));
      const { label, probability, record: served } = trace;
      const failures = traceFailures(trace, committed, hash);
      const about = { number: served.number, label, failures };
      if (failures.length > 0) {
        audited.push({ ...about, agreement: undefined });
        continue;
      }
      const request = typeof trace.request === "string" ? trace.request : Float64Array.from(trace.request);
      const answer = { labelIndex: labels.indexOf(label), probability, u: served.u };
      const own = await tracer.infer(request);
      const atServed = isTied(answer, own) ? await tracer.traceAt(request, answer.labelIndex) : undefined;
      const agreement = traceAgrees(answer, own, quantisation, atServed);
      audited.push({ ...about, agreement });
    }
  } finally {
    await tracer.close();
  }
  return audited;
}
