export interface TributaryErrorOptions {
  /** What was seen, in short: a value, a line number, a path. */
  readonly details?: string;
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * Every error that a user can meet. `code` is `TRB_<STATION>_<CAUSE>` and is
 * what programs and tests rely on; the message is for people.
 */
export class TributaryError extends Error {
  readonly code: `TRB_${string}`;
  readonly details: string | undefined;
  readonly hint: string | undefined;

  constructor(code: `TRB_${string}`, message: string, options: TributaryErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TributaryError";
    this.code = code;
    this.details = options.details;
    this.hint = options.hint;
  }

  /** The plain form that crosses threads, processes and `--json`. */
  toJSON(): { code: string; message: string; details?: string; hint?: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}
