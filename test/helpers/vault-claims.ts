import type { G1 } from "../../src/crypto/points.ts";
import { TIERS } from "../../src/params/tiers.ts";
import type { Served } from "./story.ts";
import { openAmounts } from "./trapdoor.ts";
import type { World } from "./world.ts";

/** What a position can honestly claim against the newest total. @param amounts all that each position has earned */
export async function honestClaim(
  world: World,
  { datanetId }: Served,
  amounts: readonly bigint[],
  position: number,
) {
  const [total, checkpoint] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [datanetId]);
  const opening = openAmounts(amounts, TIERS.mini.positions, position);
  return {
    datanetId,
    checkpoint,
    total,
    position: BigInt(position),
    cumulative: amounts[position]!,
    opening,
  };
}

export const claim = (world: World, item: object) => world.chain.send(world.treasury, "claim", [item]);
