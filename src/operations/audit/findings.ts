import { TributaryError } from "../../core/errors.ts";

/** Something that an audit found to be false. */
export interface Finding {
  readonly code: string;
  readonly message: string;
}

/** What the audited files themselves can be wrong in; that one is missing, or a device is not there, says nothing about them. */
const FALSE =
  /^TRB_(DATANET|MODEL|SKETCH|ATTRIBUTION|TRACE)_|^TRB_AUDIT_|^TRB_FILE_(MALFORMED|NOT_A_FILE|TOO_LARGE)$|^TRB_INDEX_OTHER_DATANET$|^TRB_VERIFY_EXPECTATION$|^TRB_SETTLEMENT_(RECEIPT_FORMAT|INDEX_UNKNOWN)$/;
const NOT_FALSE = /_FILE_MISSING$|_FILE_UNREADABLE$|^TRB_MODEL_(DEVICE|THREAD)$/;

/** An error as what it says about an audited file; undefined where it is an error that kept the audit from its work. */
export function findingOf(error: unknown): Finding | undefined {
  if (!(error instanceof TributaryError) || !FALSE.test(error.code) || NOT_FALSE.test(error.code))
    return undefined;
  return { code: error.code, message: [error.message, error.details].filter(Boolean).join(" ") };
}

/** What `read` gives, or what is false about the files that it read. Other errors are thrown on. */
export async function orFinding<T>(read: () => T | Promise<T>): Promise<{ readonly value: T } | Finding> {
  try {
    return { value: await read() };
  } catch (error) {
    const finding = findingOf(error);
    if (finding === undefined) throw error;
    return finding;
  }
}

/** Compares as text: numbers, and hex in whatever case. */
export const differs = (a: unknown, b: unknown): boolean =>
  String(a).toLowerCase() !== String(b).toLowerCase();
