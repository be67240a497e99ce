import { mix32 } from "../numeric/random.ts";
import { dealRows, dealtName, drawOwners } from "./deal.ts";
import type { CommittedRows } from "./duplicates.ts";
import { dataNetError } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import type { Dealing } from "./types.ts";

/** contributors[c] owns position c; owners[i] is the position of row i. */
export interface Positions {
  readonly contributors: readonly string[];
  readonly owners: Uint32Array;
}

/** Rows that say whose they are: each has the number of a name. */
export type NamedRows = Pick<CommittedRows, "contributors" | "names" | "lines">;

const full = (capacity: number, details: string): Error =>
  dataNetError("POSITIONS_FULL", "The DataNet has no position left.", {
    details,
    hint: `It was made for ${capacity} contributors: choose a larger tier, or fewer contributors.`,
  });

/**
 * Positions of rows that name their contributors: each new name takes the next position, in the order of the rows.
 *
 * @param taken contributors with a position already
 * @throws TRB_DATANET_POSITIONS_FULL naming the row of the first contributor too many
 */
export function joinPositions(
  { contributors: numbers, names, lines }: NamedRows,
  taken: readonly string[],
  capacity: number,
): Positions {
  const contributors = [...taken];
  const position = new Map(taken.map((name, index) => [name, index]));
  const known = names.map((name) => position.get(name));
  const owners = numbers.map((number, i) => {
    const found = known[number];
    if (found !== undefined) return found;
    const name = names[number]!;
    if (contributors.length === capacity) {
      throw full(capacity, `line ${lines[i]}: ${name} would be number ${capacity + 1}`);
    }
    known[number] = contributors.length;
    return contributors.push(name) - 1;
  });
  return { contributors, owners };
}

/** Positions of rows dealt out for a first version. @throws TRB_DATANET_CONTRIBUTORS_INVALID, TRB_DATANET_POSITIONS_FULL */
export function dealPositions(
  labels: Uint32Array,
  { contributors, seed }: Dealing,
  capacity: number,
): Positions {
  if (contributors > capacity) throw full(capacity, `${contributors} contributors`);
  const owners = dealRows(labels, contributors, seed);
  return { contributors: Array.from({ length: contributors }, (_, c) => dealtName(c, contributors)), owners };
}

/**
 * Positions of the rows of a later version: by name where they have one, or dealt like those of the first.
 *
 * @param rows null where no column names contributors
 * @param labels the rows' labels as indices
 * @throws TRB_DATANET_POSITIONS_FULL, TRB_DATANET_CONTRIBUTORS_UNKNOWN
 */
export function appendPositions(
  rows: NamedRows | null,
  labels: Uint32Array,
  { contributors, capacity, dealing, versions }: Manifest,
): Positions {
  if (rows !== null) return joinPositions(rows, contributors, capacity);
  if (dealing === null) throw contributorsUnknown();
  const owners = drawOwners(labels, dealing.contributors, mix32(dealing.seed + versions.length));
  return { contributors, owners };
}

/** Rows without a contributor column, and no dealing asked for. */
export const contributorsUnknown = (): Error =>
  dataNetError("CONTRIBUTORS_UNKNOWN", "Nobody is named as the contributor of the rows.", {
    hint: "Name their column (--contributor COLUMN), or have the rows dealt out (--contributors N).",
  });
