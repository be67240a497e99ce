import { openCurve } from "../../crypto/kzg/curve.ts";
import { readSrs, type Srs } from "../../crypto/kzg/srs.ts";
import { indexCoefficients, TIERS, type TierName } from "../../params/tiers.ts";
import { developmentSource, type KeySource } from "./key-source.ts";

/** Lends the reference string as far as a tier's indexes need it, and ends the curve's threads afterwards. */
export const withSrs = <T>(tier: TierName, use: (srs: Srs) => Promise<T>, source?: KeySource): Promise<T> =>
  withPowers(tier, indexCoefficients(TIERS[tier]), use, source);

/** The same with as many powers as openings of a tier's totals need. */
export const withPositions = <T>(
  tier: TierName,
  use: (srs: Srs) => Promise<T>,
  source?: KeySource,
): Promise<T> => withPowers(tier, TIERS[tier].positions, use, source);

async function withPowers<T>(
  tier: TierName,
  count: number,
  use: (srs: Srs) => Promise<T>,
  source: KeySource = developmentSource,
): Promise<T> {
  const path = await source.powers(tier);
  const { curve, close } = await openCurve();
  try {
    return await use(await readSrs(curve, path, count));
  } finally {
    await close();
  }
}
