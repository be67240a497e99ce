import {
  BaseError,
  decodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  isHex,
  TimeoutError,
} from "viem";
import { TributaryError } from "../core/errors.ts";
import { contractErrorsAbi } from "../generated/abis.ts";
import { hintFor } from "./hints.ts";
import { isBusy, saysOf } from "./node-errors.ts";

/** Runs `action` with every error of viem or of a contract turned into a TributaryError. */
export async function guarded<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw translate(error);
  }
}

/**
 * What an error of viem means to a user. A contract's custom error `BatchNotPending` becomes
 * TRB_SETTLEMENT_BATCH_NOT_PENDING, with its arguments in `details`.
 */
export function translate(error: unknown): unknown {
  if (error instanceof TributaryError || !(error instanceof BaseError)) return error;
  const data = revertData(error);
  if (data !== undefined) return revertError(data, error);
  const found = causes.find(({ matches }) => error.walk(matches) !== null);
  const { code, message, hint } = found ?? unknownCause;
  // What the node itself said, where it said something: viem's own sentence is the same for many causes.
  return new TributaryError(code, message, {
    details: error.details || error.shortMessage,
    hint,
    cause: error,
  });
}

/** The error that a revert's bytes stand for. */
export function revertError(data: Hex, cause?: unknown): TributaryError {
  try {
    const { errorName, args } = decodeErrorResult({ abi: contractErrorsAbi, data });
    return new TributaryError(
      `TRB_SETTLEMENT_${screamingSnake(errorName)}`,
      `The contract refused: ${errorName}.`,
      {
        details: `${errorName}(${(args ?? []).map(show).join(", ")})`,
        hint: hintFor(errorName),
        cause,
      },
    );
  } catch {
    return new TributaryError(
      "TRB_SETTLEMENT_REVERTED",
      "The contract refused, with an error that is not known here.",
      {
        details: data,
        hint: "Check that the addresses are those of this deployment, and of this version of the contracts.",
        cause,
      },
    );
  }
}

/** viem knows the words of geth and others; Hardhat's chain says it in its own. */
const cannotPay = (cause: unknown): boolean =>
  cause instanceof InsufficientFundsError ||
  (cause instanceof BaseError && /doesn't have enough funds|insufficient funds/i.test(cause.details));

const causes = [
  {
    matches: isBusy,
    code: "TRB_SETTLEMENT_BUSY",
    message: "The node has too much to do, and did not get to our request in time.",
    hint: "Run the same command again later, or name another node with --rpc.",
  },
  {
    matches: (cause: unknown) => saysOf(cause, "indexing"),
    code: "TRB_SETTLEMENT_INDEXING",
    message: "The node is still indexing its transactions.",
    hint: "Run the same command again when it is done.",
  },
  {
    matches: cannotPay,
    code: "TRB_SETTLEMENT_NO_GAS_MONEY",
    message: "The account cannot pay for the transaction.",
    hint: "Send some of the chain's own currency to the account; on a development chain: tributary chain fund NAME.",
  },
  {
    matches: (cause: unknown) => cause instanceof HttpRequestError,
    code: "TRB_SETTLEMENT_UNREACHABLE",
    message: "The chain cannot be reached.",
    hint: "Check the URL of the node, and that it is running.",
  },
  {
    matches: (cause: unknown) => cause instanceof TimeoutError,
    code: "TRB_SETTLEMENT_UNREACHABLE",
    message: "The chain did not answer in time.",
    hint: "Check the node, and try again.",
  },
] as const;

const unknownCause = {
  code: "TRB_SETTLEMENT_RPC",
  message: "The chain answered with an error.",
  hint: "See the details; the node's log may say more.",
} as const;

/** The bytes a contract reverted with: nodes put them in `data` of some cause, as hex or one level deeper. */
function revertData(error: BaseError): Hex | undefined {
  let data: Hex | undefined;
  error.walk((cause) => {
    const value = (cause as { data?: unknown }).data;
    const inner = typeof value === "object" && value !== null ? (value as { data?: unknown }).data : value;
    // A selector at least: an empty revert says no more than the error around it.
    if (isHex(inner) && inner.length >= 10) data = inner;
    return data !== undefined;
  });
  return data;
}

/** `NotAFieldElement` as NOT_A_FIELD_ELEMENT. */
const screamingSnake = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_").toUpperCase();

const show = (value: unknown): string =>
  typeof value === "object"
    ? JSON.stringify(value, (_key, v) => (typeof v === "bigint" ? v.toString() : v))
    : String(value);
