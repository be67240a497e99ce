/**
 * What near-duplicates earn: "share" one row's reward evenly, the "first" one (in the order of the DataNet) has it all, or
 * "off": each earns for itself.
 */
export type DuplicateRule = "share" | "first" | "off";

export const DUPLICATE_RULES: readonly DuplicateRule[] = ["share", "first", "off"];

/**
 * w_i of each row: 1/|cluster|, or 1 for the first of its cluster and 0 for the others, or 1. Follows from the data and the
 * rule, so that whoever has them makes the same index.
 *
 * @param first the first row of each row's cluster of near-duplicates
 */
export function duplicateWeights(first: Uint32Array, rule: DuplicateRule): Float64Array {
  const sizes = new Uint32Array(first.length);
  for (const row of first) sizes[row]!++;
  return Float64Array.from(first, (row, i) => {
    if (rule === "off") return 1;
    return rule === "share" ? 1 / sizes[row]! : Number(row === i);
  });
}
