import { CommanderError } from "commander";
import { TributaryError } from "../core/errors.ts";
import { explainFileError } from "../files/disk.ts";

/** Whatever was thrown, as an error with a code, what happened, and what to do. */
export async function explainError(error: unknown): Promise<TributaryError> {
  if (error instanceof TributaryError) return error;
  if (error instanceof CommanderError) {
    return new TributaryError("TRB_CLI_USAGE", error.message.replace(/^error: /, ""), {
      hint: "Add --help to the command to see its options and an example.",
    });
  }
  // Loaded late: viem takes long, and most errors are not the chain's.
  const { translate } = await import("../settlement/errors.ts");
  const translated = translate(error);
  if (translated instanceof TributaryError) return translated;
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
