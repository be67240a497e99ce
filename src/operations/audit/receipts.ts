import type { Hex } from "../../core/hex.ts";
import { type ReceiptDomain, verifyReceipt } from "../../settlement/receipt.ts";
import type { ServedTrace } from "../../workspace/traces.ts";
import { differs, type Finding } from "./findings.ts";

/** What a batch's receipts are held against; what no chain was asked for is undefined. */
export interface ReceiptGround {
  readonly domain: ReceiptDomain | undefined;
  /** Second in which the index was registered: nothing was served under it before. */
  readonly registeredAt: bigint | undefined;
  /** Whether an account was an operator of the index. */
  readonly wasOperator: ((account: Hex) => Promise<boolean>) | undefined;
}

/**
 * Where the receipt that the payer got is not about the payment that was committed: other fields, a signature that is not its
 * operator's, an operator that never was one, a time before the index was there.
 */
export async function receiptFindings(
  { record, commitment, payer, receipt: signed }: ServedTrace,
  pool: bigint,
  { domain, registeredAt, wasOperator }: ReceiptGround,
): Promise<Finding[]> {
  const { receipt } = signed;
  const findings: Finding[] = [];
  const add = (code: string, message: string): void => {
    findings.push({
      code: `TRB_AUDIT_${code}`,
      message: `the receipt of payment ${record.number}: ${message}`,
    });
  };
  const { indexId, io, number, fee } = record;
  const expected = { indexId, io, number, fee, pool, trace: commitment, payer };
  for (const [field, value] of Object.entries(expected)) {
    const given = receipt[field as keyof typeof expected];
    if (differs(given, value)) add("RECEIPT", `its ${field} is ${given}, the payment's ${value}`);
  }
  if (domain !== undefined && !(await verifyReceipt(domain, signed)))
    add("RECEIPT_SIGNATURE", `its signature is not that of its operator ${receipt.operator}`);
  if (registeredAt !== undefined && receipt.servedAt < registeredAt)
    add("RECEIPT_TIME", `it says ${receipt.servedAt}, and the index was registered at ${registeredAt}`);
  if (wasOperator !== undefined && !(await wasOperator(receipt.operator)))
    add("RECEIPT_OPERATOR", `${receipt.operator} was never an operator of index ${indexId}`);
  return findings;
}
