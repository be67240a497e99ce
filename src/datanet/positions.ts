import { mix32 } from "../core/random.ts";
import { dealRows, dealtName, drawOwners } from "./deal.ts";
import { dataNetError } from "./errors.ts";
import type { DataNet, Dealing, SourceRow } from "./types.ts";

/** contributors[c] owns position c; owners[i] is the position of row i. */
export interface Positions {
  readonly contributors: readonly string[];
  readonly owners: ArrayLike<number>;
}

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
  rows: readonly SourceRow[],
  taken: readonly string[],
  capacity: number,
): Positions {
  const contributors = [...taken];
  const position = new Map(taken.map((name, index) => [name, index]));
  const owners = rows.map(({ contributor, line }) => {
    const known = position.get(contributor!);
    if (known !== undefined) return known;
    if (contributors.length === capacity) {
      throw full(capacity, `line ${line}: ${contributor} would be number ${capacity + 1}`);
    }
    position.set(contributor!, contributors.length);
    return contributors.push(contributor!) - 1;
  });
  return { contributors, owners };
}

/** Positions of rows dealt out for a first version. @throws TRB_DATANET_CONTRIBUTORS_INVALID, TRB_DATANET_POSITIONS_FULL */
export function dealPositions(
  rows: readonly { readonly label: number }[],
  { contributors, seed }: Dealing,
  capacity: number,
): Positions {
  if (contributors > capacity) throw full(capacity, `${contributors} contributors`);
  const owners = dealRows(rows, contributors, seed);
  return { contributors: Array.from({ length: contributors }, (_, c) => dealtName(c, contributors)), owners };
}

/**
 * Positions of the rows of a later version: by name where they have one, or dealt like those of the first.
 *
 * @param labels the rows' labels as indices, one for each row
 * @throws TRB_DATANET_POSITIONS_FULL, TRB_DATANET_CONTRIBUTORS_UNKNOWN
 */
export function appendPositions(
  rows: readonly SourceRow[],
  labels: readonly { readonly label: number }[],
  datanet: DataNet,
): Positions {
  if (rows.every(({ contributor }) => contributor !== null)) {
    return joinPositions(rows, datanet.contributors, datanet.capacity);
  }
  if (datanet.dealing === null) throw contributorsUnknown();
  const { contributors, seed } = datanet.dealing;
  const owners = drawOwners(labels, contributors, mix32(seed + datanet.version));
  return { contributors: datanet.contributors, owners };
}

/** Rows without a contributor column, and no dealing asked for. */
export const contributorsUnknown = (): Error =>
  dataNetError("CONTRIBUTORS_UNKNOWN", "Nobody is named as the contributor of the rows.", {
    hint: "Name their column (--contributor COLUMN), or have the rows dealt out (--contributors N).",
  });
