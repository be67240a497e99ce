import { measureLds } from "../lds.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import type { Measured } from "../types.ts";
import { brief } from "./lds-rows.ts";

/** The tiers' k, and one beyond them. */
export const WIDTHS = [63, 127, 255, 511] as const;

export interface WidthPoint {
  readonly width: number;
  /** Floats over halves of the rows. */
  readonly rows: Measured;
  /** Integers over halves of the contributors: what would be paid by. */
  readonly contributors: Measured;
}

/** LDS against k. */
export async function widthsCurve(setup: Setup): Promise<readonly WidthPoint[]> {
  const { options, onProgress } = setup;
  const overRows = await setup.halves("rows");
  const overContributors = await setup.halves("contributors");
  const points: WidthPoint[] = [];
  for (const [at, width] of WIDTHS.entries()) {
    onProgress({ stage: "scores at other widths", done: at, total: WIDTHS.length });
    const { traces, gradients, rows, phi } = await setup.scoring(width);
    points.push({
      width,
      rows: brief(measureLds(products(gradients, rows, width), overRows, options.seed)),
      contributors: brief(measureLds(products(stack(traces), phi, width), overContributors, options.seed)),
    });
  }
  return points;
}
