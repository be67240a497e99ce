import type { TributaryError } from "../core/errors.ts";
import { dataNetError } from "./errors.ts";
import type { BadRow, SourceOptions } from "./types.ts";

/** Rows that an error lists: a person mends no more of them one by one. */
const MAX_LISTED = 100;
const PREFIX = "TRB_DATANET_";

/** Rows of a file that cannot be taken: either somebody takes them, or all of them are one error. */
export class BadRows {
  readonly #file: string;
  readonly #take: ((row: BadRow) => void) | undefined;
  readonly #listed: TributaryError[] = [];
  #count = 0;

  constructor({ file, onBadRow }: Pick<SourceOptions, "file" | "onBadRow">) {
    this.#file = file;
    this.#take = onBadRow;
  }

  get count(): number {
    return this.#count;
  }

  add(error: TributaryError, line: number, row: BadRow["row"]): void {
    this.#count++;
    if (this.#take === undefined) {
      if (this.#listed.length < MAX_LISTED) this.#listed.push(error);
      return;
    }
    const { code, message, details } = error;
    const reason = details === undefined ? message : `${message} (${details})`;
    this.#take({ file: this.#file, line, code, reason, row });
  }

  /** @throws the error of a bad row that is the only one, TRB_DATANET_ROWS_INVALID for several; nothing where they were taken */
  end(): void {
    const [first] = this.#listed;
    if (first === undefined) return;
    if (this.#count === 1) throw first;
    const lines = this.#listed.map(({ code, details }) => `${details} (${code.slice(PREFIX.length)})`);
    const more = this.#count - lines.length;
    throw dataNetError("ROWS_INVALID", `${this.#count} rows of the file cannot be taken.`, {
      details: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"),
      hint: "Mend them, or go on without them: --skip-bad FILE takes them, with line and reason.",
      cause: first,
    });
  }
}
