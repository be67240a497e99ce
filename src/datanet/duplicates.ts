import { DigestTable } from "./digest-table.ts";
import { GrowingColumn } from "./growing-column.ts";
import { Names } from "./names.ts";
import type { Refusal } from "./types.ts";

const NOBODY = 0xffffffff;

/** Who commits a row, and where it stands. */
export interface Commitment {
  readonly line: number;
  readonly version: number;
  readonly contributor: string | null;
  readonly heldOut: boolean;
}

/**
 * What was committed so far, by row digest: the first commit of a row wins, whoever brings it again. Only exact copies
 * are found; near ones are for whoever builds an index (`nearDuplicates`).
 */
export class Commitments {
  readonly #digests = new DigestTable();
  readonly #lines = new GrowingColumn();
  readonly #contributors = new GrowingColumn();
  readonly #names = new Names();
  /** Twice the version, and 1 where the row is held out. */
  readonly #versions = new GrowingColumn();

  get count(): number {
    return this.#digests.count;
  }

  /** Commits a row, where nobody has before: otherwise the answer is why not. @param digest see `rowDigest` */
  commit(digest: Uint8Array, { line, version, contributor, heldOut }: Commitment): Refusal | undefined {
    const before = this.#digests.add(digest);
    if (before === undefined) {
      this.#lines.push(line);
      this.#contributors.push(contributor === null ? NOBODY : this.#names.number(contributor));
      this.#versions.push(2 * version + Number(heldOut));
      return undefined;
    }
    const wasHeldOut = this.#versions.at(before) % 2 === 1;
    return {
      reason: heldOut || wasHeldOut ? "held-out" : "duplicate",
      line,
      contributor,
      first: {
        line: this.#lines.at(before),
        version: Math.floor(this.#versions.at(before) / 2),
        contributor: this.#names.list[this.#contributors.at(before)] ?? null,
      },
    };
  }

  /** What is known of the rows that were committed as number `from` and later. Good until the next commit. */
  since(from: number): CommittedRows {
    return {
      lines: this.#lines.from(from),
      contributors: this.#contributors.from(from),
      names: this.#names.list,
      digest: (i) => this.#digests.at(from + i),
    };
  }
}

/** Rows in columns, in the order of their commitment. */
export interface CommittedRows {
  readonly lines: Uint32Array;
  /** Indices into `names`; beyond its end where the row names nobody. */
  readonly contributors: Uint32Array;
  readonly names: readonly string[];
  digest(i: number): Uint8Array;
}
