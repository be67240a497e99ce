import { mix32, seededRandom } from "../core/random.ts";
import { dataNetError, lineError } from "./errors.ts";
import type { HeldOutRow, SourceRow } from "./types.ts";

/** Keeps the split's random stream apart from the dealing's under one seed. */
const SPLIT_STREAM = 0x48454c44;

/**
 * Holds out ⌊fraction · rows⌋ rows of each label, at random but never all of a label. Both lists keep the file's order.
 *
 * @param fraction in (0, 1)
 * @throws TRB_DATANET_HELD_OUT_INVALID
 */
export function splitHeldOut<T extends SourceRow>(
  rows: readonly T[],
  fraction: number,
  seed: number,
): { training: T[]; heldOut: T[] } {
  if (!(fraction > 0 && fraction < 1)) {
    throw dataNetError("HELD_OUT_INVALID", "The held-out fraction is not between 0 and 1.", {
      details: String(fraction),
      hint: "0.15 holds out 15 % of each label's rows.",
    });
  }
  const byLabel = Map.groupBy(rows, ({ label }) => label);
  const random = seededRandom(mix32(seed ^ SPLIT_STREAM));
  const out = new Set<T>();
  for (const label of [...byLabel.keys()].sort()) {
    const group = byLabel.get(label)!;
    const order = random.permutation(group.length);
    const size = Math.floor(fraction * group.length);
    for (const i of order.subarray(0, size)) out.add(group[i]!);
  }
  return { training: rows.filter((row) => !out.has(row)), heldOut: rows.filter((row) => out.has(row)) };
}

/** @throws TRB_DATANET_LABEL_UNKNOWN where a row has a label that no training row has */
export function labelHeldOut(rows: readonly SourceRow[], labels: readonly string[]): HeldOutRow[] {
  const indices = labelIndices(labels);
  return rows.map(({ features, label, line }) => ({
    features,
    label: indexOfLabel(indices, label, line),
    line,
  }));
}

/** The index of each label. */
export const labelIndices = (labels: readonly string[]): ReadonlyMap<string, number> =>
  new Map(labels.map((label, index) => [label, index]));

/** @throws TRB_DATANET_LABEL_UNKNOWN */
export function indexOfLabel(indices: ReadonlyMap<string, number>, label: string, line: number): number {
  const index = indices.get(label);
  if (index === undefined) {
    const hint = "The labels are those of the first version's training rows: models keep their outputs.";
    throw lineError("LABEL_UNKNOWN", "The DataNet has no such label.", line, JSON.stringify(label), hint);
  }
  return index;
}
