import { type Address, type Hex, type LocalAccount, verifyTypedData } from "viem";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";

/** What an operator signs for a payer when an inference is served; amounts in units of 10^9 wei. */
export interface Receipt {
  readonly operator: Address;
  readonly payer: Address;
  readonly indexId: bigint;
  /** io = keccak(request, output) mod r. */
  readonly io: bigint;
  /** n_q: the payment's number under the index. */
  readonly number: bigint;
  /** The gross fee. */
  readonly fee: bigint;
  /** What of the fee goes to contributors. */
  readonly pool: bigint;
  /** t_q: the commitment to the trace that this payment will be attributed with. */
  readonly trace: bigint;
  /** Seconds since 1970. */
  readonly servedAt: bigint;
}

export interface SignedReceipt {
  readonly receipt: Receipt;
  readonly signature: Hex;
}

/** Which deployment a receipt is for: a signature is good on one chain, for one treasury. */
export interface ReceiptDomain {
  readonly chainId: bigint;
  readonly treasury: Address;
}

/** The type string of docs/encodings.md, "Receipt (EIP-712)". */
const types = {
  Receipt: [
    { name: "operator", type: "address" },
    { name: "payer", type: "address" },
    { name: "indexId", type: "uint256" },
    { name: "io", type: "uint256" },
    { name: "number", type: "uint256" },
    { name: "fee", type: "uint256" },
    { name: "pool", type: "uint256" },
    { name: "trace", type: "uint256" },
    { name: "servedAt", type: "uint64" },
  ],
} as const;

/** The EIP-712 message that a wallet shows and signs. */
export const receiptTypedData = (domain: ReceiptDomain, receipt: Receipt) =>
  ({
    domain: {
      name: "Tributary",
      version: "1",
      chainId: domain.chainId,
      verifyingContract: domain.treasury,
    },
    types,
    primaryType: "Receipt",
    message: { ...receipt },
  }) as const;

/** @throws TRB_SETTLEMENT_RECEIPT_SIGNER where the account is not the receipt's operator: nobody could use the signature */
export async function signReceipt(
  account: LocalAccount,
  domain: ReceiptDomain,
  receipt: Receipt,
): Promise<SignedReceipt> {
  if (account.address.toLowerCase() !== receipt.operator.toLowerCase()) {
    throw new TributaryError("TRB_SETTLEMENT_RECEIPT_SIGNER", "A receipt is signed by its operator.", {
      details: `operator ${receipt.operator}, account ${account.address}`,
    });
  }
  return { receipt, signature: await account.signTypedData(receiptTypedData(domain, receipt)) };
}

/** Whether the receipt's operator signed exactly this receipt for this deployment (accounts with a key, not contracts). */
export async function verifyReceipt(
  domain: ReceiptDomain,
  { receipt, signature }: SignedReceipt,
): Promise<boolean> {
  try {
    return await verifyTypedData({
      address: receipt.operator,
      signature,
      ...receiptTypedData(domain, receipt),
    });
  } catch {
    // A signature that is not even one, or a value that does not fit its type.
    return false;
  }
}

const unsigned = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/)
  .transform(BigInt);
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as Address);
const schema = z.strictObject({
  receipt: z.strictObject({
    operator: address,
    payer: address,
    indexId: unsigned,
    io: unsigned,
    number: unsigned,
    fee: unsigned,
    pool: unsigned,
    trace: unsigned,
    servedAt: unsigned,
  }),
  signature: z
    .string()
    .regex(/^0x[0-9a-fA-F]{130}$/)
    .transform((text) => text as Hex),
});

/** A signed receipt as JSON: numbers as decimal strings. */
export const encodeReceipt = ({ receipt, signature }: SignedReceipt): string =>
  JSON.stringify({ receipt, signature }, (_key, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );

/** @throws TRB_SETTLEMENT_RECEIPT_FORMAT */
export function parseReceipt(text: string): SignedReceipt {
  try {
    return schema.parse(parseJson(text));
  } catch (cause) {
    throw new TributaryError("TRB_SETTLEMENT_RECEIPT_FORMAT", "This is not a signed receipt.", {
      details: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
      cause,
    });
  }
}
