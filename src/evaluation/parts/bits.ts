import { measureLds } from "../lds.ts";
import { BIT_WIDTHS, indexLimit, toLevels, tracesToLevels } from "../levels.ts";
import { products } from "../products.ts";
import type { Setup } from "../setup.ts";
import type { Measured } from "../types.ts";
import { brief } from "./lds-rows.ts";

export interface BitsPoint {
  /** Bits of each entry of u and of Φ; null: floats. */
  readonly bits: number | null;
  readonly rows: Measured;
  readonly contributors: Measured;
}

/** LDS against the bits of u and Φ. Rounding is the product's at other widths; at 8 bits it is its own, but for the score's range. */
export async function bitsCurve(setup: Setup): Promise<readonly BitsPoint[]> {
  const { options, width } = setup;
  const { gradients, rows, sums } = await setup.scoring(width);
  const overRows = await setup.halves("rows");
  const overContributors = await setup.halves("contributors");
  return [null, ...BIT_WIDTHS].map((bits) => {
    const traces = bits === null ? gradients : tracesToLevels(gradients, width, bits);
    const levels = (values: Float32Array | Float64Array) =>
      bits === null ? values : toLevels(values, bits, indexLimit(values));
    return {
      bits,
      rows: brief(measureLds(products(traces, levels(rows), width), overRows, options.seed)),
      contributors: brief(measureLds(products(traces, levels(sums), width), overContributors, options.seed)),
    };
  });
}
