import { TributaryError } from "../core/errors.ts";
import { readText } from "../files/disk.ts";
import { MAX_BUNDLE_CHARACTERS } from "../protocol/bundle.ts";

/** The name that means standard input. */
export const STDIN = "-";

const tooLarge = (name: string): TributaryError =>
  new TributaryError("TRB_BUNDLE_TOO_LARGE", "this file is too large for a proof bundle", {
    details: `${name}: more than ${MAX_BUNDLE_CHARACTERS} bytes`,
  });

async function standardInput(): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BUNDLE_CHARACTERS) throw tooLarge("standard input");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/**
 * What reads a bundle, of a file or of standard input, and no more of it than a bundle may have.
 *
 * @returns throws TRB_BUNDLE_TOO_LARGE, and what readText throws
 */
export const bundleSource = (name: string) => async (): Promise<string> => {
  if (name === STDIN) return standardInput();
  try {
    return readText(name, MAX_BUNDLE_CHARACTERS);
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_FILE_TOO_LARGE") throw tooLarge(name);
    throw error;
  }
};
