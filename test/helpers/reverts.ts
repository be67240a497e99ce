import assert from "node:assert/strict";
import { type Abi, BaseError, decodeErrorResult, type Hex } from "viem";
import { contractErrorsAbi } from "../../src/generated/abis.ts";

/** Revert data, wherever in the chain of causes it is. */
function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined;
  let data: Hex | undefined;
  error.walk((cause) => {
    for (const candidate of [cause, (cause as { data?: unknown } | null)?.data]) {
      const found =
        typeof candidate === "string" ? candidate : (candidate as { data?: unknown; raw?: unknown } | null);
      const hex = typeof found === "string" ? found : (found?.raw ?? found?.data);
      if (typeof hex === "string" && /^0x[0-9a-f]{8,}$/i.test(hex)) data = hex as Hex;
    }
    return false;
  });
  return data;
}

/** The name of the custom error (of any of the contracts) that a call reverted with. */
function revertName(error: unknown): string {
  const data = revertData(error);
  if (data === undefined) return String(error);
  try {
    return decodeErrorResult({ abi: contractErrorsAbi as Abi, data }).errorName;
  } catch {
    return data;
  }
}

/** Fails unless the promise rejects with the custom error `name`. */
export async function assertReverts(call: Promise<unknown>, name: string): Promise<void> {
  const outcome = await call.then(
    () => "no revert",
    (error: unknown) => revertName(error),
  );
  assert.equal(outcome, name);
}
