import { TributaryError } from "../../core/errors.ts";
import type { Features } from "../../datanet/types.ts";
import { seededRandom } from "../../numeric/random.ts";
import { TIERS, type TierName } from "../../params/tiers.ts";

/** What a user of the model asks, and the right answer where it is known (for the reader of the report only). */
export interface Request {
  readonly features: Features;
  readonly expected: string;
}

/** Full batches of each epoch; the last epoch has half a batch more, to show one that is not full. */
const FULL_BATCHES = 2;

/** How many requests each of the two epochs serves. */
export function requestCounts(tier: TierName): readonly [number, number] {
  const { traces } = TIERS[tier];
  return [FULL_BATCHES * traces, FULL_BATCHES * traces + traces / 2];
}

/**
 * So many requests: those that were written for it first, then held-out rows in random order, from the start again
 * where they do not suffice.
 *
 * @throws TRB_DEMO_REQUESTS where there are none at all
 */
export function drawRequests(
  written: readonly Request[],
  heldOut: readonly Request[],
  count: number,
  seed: number,
): Request[] {
  const order = seededRandom(seed).permutation(heldOut.length);
  const pool = [...written, ...Array.from(order, (i) => heldOut[i]!)];
  if (pool.length === 0) {
    throw new TributaryError("TRB_DEMO_REQUESTS", "There is nothing to ask the model.", {
      details: "no held-out rows",
      hint: "Give --test FILE, or a larger --hold-out.",
    });
  }
  return Array.from({ length: count }, (_, i) => pool[i % pool.length]!);
}
