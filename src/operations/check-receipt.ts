import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { type ChainBatch, readBatches } from "../settlement/batch.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { readIsOperator } from "../settlement/model.ts";
import { parseReceipt, type SignedReceipt, verifyReceipt } from "../settlement/receipt.ts";
import { batchName } from "../workspace/batches.ts";

/** Why a receipt is not one for a payment that was committed. */
export interface ReceiptFailure {
  readonly code: `TRB_${string}`;
  readonly message: string;
}

export interface CheckedReceipt {
  readonly failures: readonly ReceiptFailure[];
  /** Undefined where the text is no receipt. */
  readonly signed: SignedReceipt | undefined;
  /** The batch that has the payment; undefined where none has it. */
  readonly batch: { readonly name: string; readonly status: ChainBatch["status"] } | undefined;
}

/** The receipt itself, or the file or answer that carries it: `infer --json`'s answers and traces do. */
function receiptIn(text: string): SignedReceipt {
  let inner = text;
  try {
    const value = parseJson(text) as { receipt?: { receipt?: unknown } } | null;
    if (value?.receipt?.receipt !== undefined) inner = JSON.stringify(value.receipt);
  } catch {
    // No JSON at all: parseReceipt says so.
  }
  return parseReceipt(inner);
}

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Where the receipt says something else than the batch that has its payment. */
function batchFailures({ receipt }: SignedReceipt, { statement }: ChainBatch): ReceiptFailure[] {
  const q = Number(receipt.number - statement.n0);
  const facts = [
    ["trace", receipt.trace, statement.traces[q]],
    ["pool", receipt.pool, statement.pools[q]],
  ] as const;
  return facts
    .filter(([, given, committed]) => given !== committed)
    .map(([field, given, committed]) => ({
      code: "TRB_RECEIPT_PAYMENT" as const,
      message: `its ${field} is ${given}, the committed payment's ${committed}`,
    }));
}

const hasPayment =
  (number: bigint) =>
  ({ statement: { n0, traces } }: ChainBatch): boolean =>
    n0 <= number && number < n0 + BigInt(traces.length);

/**
 * Whether a receipt was signed by an operator of its index for this deployment, and is about a payment that was committed. Text that
 * is no receipt is a false receipt, not an error.
 */
export async function checkReceipt(
  reader: ChainReader,
  deployment: Deployment,
  text: string,
): Promise<CheckedReceipt> {
  let signed: SignedReceipt;
  try {
    signed = receiptIn(text);
  } catch (error) {
    if (!(error instanceof TributaryError && error.code === "TRB_SETTLEMENT_RECEIPT_FORMAT")) throw error;
    const message = [error.message, error.details].filter(Boolean).join(": ");
    return { failures: [{ code: error.code, message }], signed: undefined, batch: undefined };
  }
  const { receipt } = signed;
  const { operator, indexId, number } = receipt;
  const failures: ReceiptFailure[] = [];
  const domain = { chainId: deployment.chainId, treasury: deployment.contracts.treasury };
  if (!(await verifyReceipt(domain, signed))) {
    failures.push({
      code: "TRB_RECEIPT_SIGNATURE",
      message: `${operator} did not sign this for chain ${domain.chainId} and treasury ${domain.treasury}`,
    });
  }
  const batches = await readBatches(reader, deployment, indexId);
  // Whoever committed a batch was an operator then, though he may not be one any more.
  const wasOperator =
    batches.some((one) => sameAddress(one.operator, operator)) ||
    (await readIsOperator(reader, deployment, { indexId, operator }));
  if (!wasOperator) {
    failures.push({
      code: "TRB_RECEIPT_OPERATOR",
      message: `${operator} is no operator of index ${indexId}`,
    });
  }
  const batch = batches.find(hasPayment(number));
  if (batch === undefined) {
    failures.push({
      code: "TRB_RECEIPT_UNCOMMITTED",
      message: `no batch has payment ${number} of index ${indexId}`,
    });
    return { failures, signed, batch: undefined };
  }
  failures.push(...batchFailures(signed, batch));
  return { failures, signed, batch: { name: batchName(batch.statement), status: batch.status } };
}
