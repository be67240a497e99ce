import type { Features } from "../../datanet/types.ts";
import { words } from "../../model/text-features.ts";
import type { Random } from "../../numeric/random.ts";
import type { Rows } from "./types.ts";

/** Rows whose mean is one that looks like the average row: so few that no two means are near-duplicates. */
const AVERAGED = 4;

/** The features of each label's rows; nothing where it has none. */
export function byLabel({ features, labels }: Pick<Rows, "features" | "labels">): Features[][] {
  const result: Features[][] = [];
  labels.forEach((label, row) => {
    result[label] ??= [];
    result[label].push(features[row]!);
  });
  return result;
}

export const pick = <T>(from: readonly T[], random: Random): T => from[random.integer(from.length)]!;

/** The mean of four of a label's rows; of texts the first half of one and the second of another. */
export function average(rows: readonly Features[], random: Random): Features {
  const chosen = Array.from({ length: AVERAGED }, () => pick(rows, random));
  const [first, second] = chosen.map((row) => (typeof row === "string" ? words(row) : []));
  if (typeof chosen[0] === "string")
    return [
      ...first!.slice(0, Math.ceil(first!.length / 2)),
      ...second!.slice(Math.ceil(second!.length / 2)),
    ].join(" ");
  const numbers = chosen as Float64Array[];
  return numbers[0]!.map((_, j) => numbers.reduce((sum, row) => sum + row[j]!, 0) / AVERAGED);
}
