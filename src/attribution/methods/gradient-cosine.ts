import { identity } from "./gradient-dot.ts";
import type { Method } from "./types.ts";

/**
 * Gradient cosine: S(q, i) = g_q·g_i/‖g_i‖; the request's own length falls out of shares. A row without gradient has weight 0.
 *
 * Every row has the same length, so it pays for the direction of a row and not for how much the model learned from it.
 * Source: Pruthi et al. (2020), and Hammoudeh and Lowd (2022).
 */
export const gradientCosine: Method = {
  name: "cosine",
  summary: "the cosine of the gradients",
  metric: ({ columns }) => identity(columns),
  weights: (training, columns) =>
    Float64Array.from({ length: training.length / columns }, (_, i) => {
      let square = 0;
      for (let m = i * columns; m < (i + 1) * columns; m++) square += training[m]! ** 2;
      return square > 0 ? 1 / Math.sqrt(square) : 0;
    }),
};
