import type { BadRow, SourceRow } from "../types.ts";

/** A row that was found and is not looked at yet. */
export interface Candidate {
  readonly line: number;
  /** @throws TRB_DATANET_* where the row is wrong */
  row(): SourceRow;
  raw(): BadRow["row"];
}
