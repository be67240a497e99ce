import { rowDigest } from "./row-hash.ts";
import type { DataNet, HeldOutRow, Refusal, SourceRow } from "./types.ts";

type Committed = Refusal["first"];

const key = (digest: Uint8Array): string => Buffer.from(digest).toString("latin1");

/** A row that was taken, with its digest (32 bytes). */
export interface AcceptedRow extends SourceRow {
  readonly digest: Uint8Array;
}

interface Entry extends Committed {
  readonly heldOut: boolean;
}

/**
 * What was committed so far, by row digest: the first commit of a row wins, whoever brings it again. Only exact copies
 * are found; near ones are for whoever builds an index (`nearDuplicates`).
 */
export class Commitments {
  readonly #first = new Map<string, Entry>();

  /** What a DataNet holds, and the rows that measure its models. */
  static of({ rows, labels, contributors }: DataNet, heldOut: readonly HeldOutRow[]): Commitments {
    const commitments = new Commitments();
    const add = (row: HeldOutRow, entry: Entry): void => {
      commitments.#first.set(key(rowDigest(row.features, labels[row.label]!)), entry);
    };
    for (const row of heldOut) {
      add(row, { line: row.line, version: 1, contributor: null, heldOut: true });
    }
    for (const row of rows) {
      const contributor = contributors[row.position]!;
      add(row, { line: row.line, version: row.version, contributor, heldOut: false });
    }
    return commitments;
  }

  /** Splits rows into those that are new, now committed as of `version`, and those that are refused. */
  accept(
    rows: readonly SourceRow[],
    version: number,
    heldOut = false,
  ): { accepted: AcceptedRow[]; refusals: Refusal[] } {
    const accepted: AcceptedRow[] = [];
    const refusals: Refusal[] = [];
    for (const row of rows) {
      const digest = rowDigest(row.features, row.label);
      const { line, contributor } = row;
      const entry = this.#first.get(key(digest));
      if (entry === undefined) {
        this.#first.set(key(digest), { line, version, contributor, heldOut });
        accepted.push({ ...row, digest });
      } else {
        const { heldOut: wasHeldOut, ...first } = entry;
        refusals.push({ reason: heldOut || wasHeldOut ? "held-out" : "duplicate", line, contributor, first });
      }
    }
    return { accepted, refusals };
  }
}
