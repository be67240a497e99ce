/** Rows in clusters of near-duplicates of more than one. @param duplicates the first row of each row's cluster */
export function joinedRows(duplicates: Uint32Array): number {
  const sizes = new Map<number, number>();
  for (const first of duplicates) sizes.set(first, 1 + (sizes.get(first) ?? 0));
  return duplicates.filter((first) => sizes.get(first)! > 1).length;
}
