import { openCurve } from "../../crypto/kzg/curve.ts";
import { readSrs, type Srs } from "../../crypto/kzg/srs.ts";
import { indexCoefficients, TIERS, type TierName } from "../../params/tiers.ts";
import { developmentSource, type KeySource } from "./key-source.ts";

/** Lends the reference string as far as a tier needs it, and ends the curve's threads afterwards. */
export async function withSrs<T>(
  tier: TierName,
  use: (srs: Srs) => Promise<T>,
  source: KeySource = developmentSource,
): Promise<T> {
  const path = await source.powers(tier);
  const { curve, close } = await openCurve();
  try {
    return await use(await readSrs(curve, path, indexCoefficients(TIERS[tier])));
  } finally {
    await close();
  }
}
