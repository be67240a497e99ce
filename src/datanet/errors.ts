import { TributaryError, type TributaryErrorOptions } from "../core/errors.ts";
import { visible } from "./invisible.ts";

/** What can be wrong with data; `docs/datanets.md` explains each. */
export type DataNetCause =
  | "BYTES_INVALID"
  | "CAPACITY_INVALID"
  | "COLUMN_MISSING"
  | "COLUMN_UNSUPPORTED"
  | "COLUMNS_INVALID"
  | "CONTRIBUTOR_MISSING"
  | "CONTRIBUTORS_INVALID"
  | "CONTRIBUTORS_UNKNOWN"
  | "CSV_MALFORMED"
  | "ENCODING_UNKNOWN"
  | "FEATURE_COUNT"
  | "FIELD_COUNT"
  | "FILE_MALFORMED"
  | "FILE_UNREADABLE"
  | "FOLDER_TAKEN"
  | "FORMAT_UNSUPPORTED"
  | "HEADER_DUPLICATE"
  | "HELD_OUT_EMPTY"
  | "HELD_OUT_INVALID"
  | "JSON_MALFORMED"
  | "LABEL_MISSING"
  | "LABEL_UNKNOWN"
  | "LABELS_CONTINUOUS"
  | "LABELS_DISTINCT"
  | "LINE_TOO_LONG"
  | "NAME_INVALID"
  | "NAME_INVISIBLE"
  | "NO_NEW_ROWS"
  | "NO_ROWS"
  | "NUMBER_INVALID"
  | "NUMBER_NOT_FINITE"
  | "PARQUET_MALFORMED"
  | "POSITIONS_FULL"
  | "ROOT_MISMATCH"
  | "ROWS_INVALID"
  | "SEED_INVALID"
  | "SINGLE_LABEL"
  | "TEXT_EMPTY"
  | "TEXT_MALFORMED"
  | "TEXT_TOO_LONG";

export const dataNetError = (
  cause: DataNetCause,
  message: string,
  options: TributaryErrorOptions = {},
): TributaryError => new TributaryError(`TRB_DATANET_${cause}`, message, options);

/** An error about one line of a file, from 1; the line is named in `details`. */
export const lineError = (
  cause: DataNetCause,
  message: string,
  line: number,
  seen: string,
  hint?: string,
): TributaryError =>
  dataNetError(cause, message, { details: `line ${line}: ${seen}`, ...(hint === undefined ? {} : { hint }) });

const SHOWN = 60;

/** A value from a file, quoted and cut to a length that fits a terminal's line, with nothing invisible in it. */
export const shown = (value: unknown): string => {
  const text = visible(typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "nothing"));
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
};
