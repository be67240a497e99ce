import type { G1 } from "../../src/crypto/points.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Served } from "./story.ts";
import { openAmounts } from "./trapdoor.ts";
import type { World } from "./world.ts";

/** What a position can honestly claim against the newest total. @param amounts all that each position has earned */
export async function honestClaim(
  world: World,
  { book }: Pick<Served, "book">,
  amounts: readonly bigint[],
  position: number,
  tier: TierName = "mini",
) {
  const [total, checkpoint] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [book]);
  const opening = openAmounts(amounts, TIERS[tier].positions, position);
  return {
    book,
    checkpoint,
    total,
    position: BigInt(position),
    cumulative: amounts[position]!,
    opening,
  };
}

export const claim = (world: World, item: object) => world.chain.send(world.treasury, "claim", [item]);
