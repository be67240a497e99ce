import type { HashChain } from "../../crypto/poseidon.ts";
import { type Agreement, isTied, traceAgrees } from "../../trace/agreement.ts";
import type { ServedTrace } from "../../workspace/traces.ts";
import { traceFailures } from "../explain/evidence.ts";
import type { IndexTracer } from "../index/index-tracer.ts";
import type { Finding } from "./findings.ts";

/** What running a request again says about its trace. */
export interface AuditedTrace {
  readonly number: bigint;
  /** Undefined where the trace's file cannot be read. */
  readonly label: string | undefined;
  /** Undefined where the trace is not the committed one: then there is nothing to compare with. */
  readonly agreement: Agreement | undefined;
  /**
   * The trace, or its request and answer, are not those that were committed to (TRB_EXPLAIN_TRACE, TRB_EXPLAIN_REQUEST); the
   * receipt is not about this payment (TRB_AUDIT_RECEIPT*); the file was changed.
   */
  readonly failures: readonly Finding[];
}

/** Whether a trace is what the model gives, but for another machine's rounding, and its receipt what the payer was promised. */
export const holds = ({ agreement, failures }: AuditedTrace): boolean =>
  failures.length === 0 && agreement !== undefined && agreement.verdict !== "different";

/** Runs a request again, where its trace is the committed one. @param receipt findings about its receipt */
export async function auditTrace(
  trace: ServedTrace,
  committed: bigint,
  receipt: readonly Finding[],
  { tracer, labels, quantisation }: IndexTracer,
  hash: HashChain,
): Promise<AuditedTrace> {
  const { label, probability, record } = trace;
  const failures = traceFailures(trace, committed, hash);
  const about = { number: record.number, label, failures: [...failures, ...receipt] };
  if (failures.length > 0) return { ...about, agreement: undefined };
  const request = typeof trace.request === "string" ? trace.request : Float64Array.from(trace.request);
  const answer = { labelIndex: labels.indexOf(label), probability, u: record.u };
  const own = await tracer.infer(request);
  const atServed = isTied(answer, own) ? await tracer.traceAt(request, answer.labelIndex) : undefined;
  return { ...about, agreement: traceAgrees(answer, own, quantisation, atServed) };
}
