import { parseEventLogs, type TransactionReceipt } from "viem";
import type { Contract } from "./chain.ts";

/** The arguments of a contract's events of one name in a transaction. */
export const eventsOf = (
  { abi }: Pick<Contract, "abi">,
  { receipt }: { readonly receipt: Pick<TransactionReceipt, "logs"> },
  eventName: string,
): unknown[] =>
  parseEventLogs({ abi, eventName, logs: receipt.logs }).map((log) => (log as { args?: unknown }).args);
