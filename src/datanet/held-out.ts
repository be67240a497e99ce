import { mix32, seededRandom } from "../numeric/random.ts";
import { dataNetError, lineError } from "./errors.ts";

/** Keeps the split's random stream apart from the dealing's under one seed. */
const SPLIT_STREAM = 0x48454c44;

/** The rows of each label, ascending. */
function byLabel(labels: Uint32Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const label of labels) sizes[label]!++;
  const groups = Array.from(sizes, (size) => new Uint32Array(size));
  const next = new Uint32Array(count);
  labels.forEach((label, row) => {
    groups[label]![next[label]!++] = row;
  });
  return groups;
}

/**
 * Holds out ⌊fraction · rows⌋ rows of each label, at random but never all of a label.
 *
 * @param labels of the rows, as indices into `names`
 * @param fraction in (0, 1)
 * @returns 1 for each row that is held out
 * @throws TRB_DATANET_HELD_OUT_INVALID
 */
export function splitHeldOut(
  labels: Uint32Array,
  names: readonly string[],
  fraction: number,
  seed: number,
): Uint8Array {
  if (!(fraction > 0 && fraction < 1)) {
    throw dataNetError("HELD_OUT_INVALID", "The held-out fraction is not between 0 and 1.", {
      details: String(fraction),
      hint: "0.15 holds out 15 % of each label's rows.",
    });
  }
  const groups = byLabel(labels, names.length);
  const random = seededRandom(mix32(seed ^ SPLIT_STREAM));
  const out = new Uint8Array(labels.length);
  const indices = labelIndices(names);
  for (const name of [...names].sort()) {
    const group = groups[indices.get(name)!]!;
    const order = random.permutation(group.length);
    for (const i of order.subarray(0, Math.floor(fraction * group.length))) out[group[i]!] = 1;
  }
  return out;
}

/** The index of each label. */
export const labelIndices = (labels: readonly string[]): ReadonlyMap<string, number> =>
  new Map(labels.map((label, index) => [label, index]));

/** A row has a label that no training row of the first version has. */
export const labelUnknown = (label: string, line: number): Error => {
  const hint = "The labels are those of the first version's training rows: models keep their outputs.";
  return lineError("LABEL_UNKNOWN", "The DataNet has no such label.", line, JSON.stringify(label), hint);
};
