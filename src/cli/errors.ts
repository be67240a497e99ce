import { CommanderError } from "commander";
import { BaseError, ContractFunctionRevertedError, HttpRequestError, TimeoutError } from "viem";
import { TributaryError } from "../core/errors.ts";
import { explainFileError } from "../pipeline/files.ts";

function explainChainError(error: BaseError): TributaryError {
  const revert = error.walk((inner) => inner instanceof ContractFunctionRevertedError);
  if (revert instanceof ContractFunctionRevertedError) {
    const name = revert.data?.errorName ?? revert.reason ?? "no reason given";
    const values = revert.data?.args?.map(String).join(", ") ?? "";
    return new TributaryError(
      "TRB_CLI_CHAIN_REVERTED",
      "The contract refused the call; nothing was changed.",
      {
        details: values === "" ? name : `${name}(${values})`,
        hint: "The name says which rule was broken; the contract's interface describes it.",
        cause: error,
      },
    );
  }
  const network = error.walk((inner) => inner instanceof HttpRequestError || inner instanceof TimeoutError);
  if (network) {
    return new TributaryError("TRB_CLI_CHAIN_UNREACHABLE", "The chain's RPC does not answer.", {
      details: error.shortMessage,
      hint: "Check --rpc, and that the node runs (tributary chain dev starts one).",
      cause: error,
    });
  }
  return new TributaryError("TRB_CLI_CHAIN_FAILED", "The chain client failed.", {
    details: error.details || error.shortMessage,
    hint: "See the details; tributary chain status shows whether the deployment is the expected one.",
    cause: error,
  });
}

/** Whatever was thrown, as an error with a code, what happened, and what to do. */
export function explainError(error: unknown): TributaryError {
  if (error instanceof TributaryError) return error;
  if (error instanceof CommanderError) {
    return new TributaryError("TRB_CLI_USAGE", error.message.replace(/^error: /, ""), {
      hint: "Add --help to the command to see its options and an example.",
    });
  }
  if (error instanceof BaseError) return explainChainError(error);
  const path = (error as NodeJS.ErrnoException | undefined)?.path;
  const explained = explainFileError(error, path ?? "a file of the workspace");
  if (explained instanceof TributaryError) return explained;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new TributaryError("TRB_CLI_UNEXPECTED", "Something went wrong that tributary does not know.", {
    details: text,
    hint: "This is a defect: please report it with these details.",
    cause: error,
  });
}
