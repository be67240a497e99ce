import { familyOf } from "../../model/family.ts";
import { encode, fitOn, mostLikely, type Trained } from "./market.ts";
import type { Ground } from "./types.ts";

/**
 * What each position would be paid by retraining instead of by scores: a request's fee goes to the positions without whose rows the
 * model would find the served label less likely, in proportion to that loss of log-likelihood. One training for each position,
 * of a convex model: with another the noise of training is paid, too.
 *
 * @returns each position's part of all fees, in [0, 1]
 */
export async function retrainedShares(
  ground: Ground,
  { adapter, rows }: Trained,
  positions: number,
): Promise<Float64Array> {
  const family = familyOf(ground.kind, ground.encoder.base);
  const requests = await encode(ground, ground.requests);
  const classes = ground.names.length;
  const full = family.logProbabilities(adapter, requests);
  const served = mostLikely(full, classes);
  const all = Array.from(rows.owners.keys());
  const losses: Float64Array[] = [];
  for (let position = 0; position < positions; position++) {
    const others = Uint32Array.from(all.filter((row) => rows.owners[row] !== position));
    const without = family.logProbabilities(
      await fitOn(ground, rows, { start: adapter, rows: others }),
      requests,
    );
    losses.push(
      Float64Array.from(served, (label, q) => {
        const at = q * classes + label;
        return Math.max(0, full[at]! - without[at]!);
      }),
    );
  }
  const sums = Float64Array.from(served, (_, q) => losses.reduce((sum, loss) => sum + loss[q]!, 0));
  return Float64Array.from(
    losses,
    (loss) =>
      loss.reduce((share, lost, q) => share + (sums[q]! > 0 ? lost / sums[q]! : 0), 0) / served.length,
  );
}
