import { blockDiagonal, columnsOfBlock, meanOuter, ridgedInverse } from "./blocks.ts";
import type { Method } from "./types.ts";

/** 1 − p this small is rounding: its margin's gradient is 0/0. */
const SMALLEST_DOUBT = 1e-12;

/**
 * TRAK: S(q, i) = f_qᵀ (E[f fᵀ] + λI)⁻¹ f_i·(1 − p_i) with the gradients f of the margin log(p/(1 − p)), randomly projected.
 *
 * The loss −log p has the gradient g = −(1 − p)·f: so f_i·(1 − p_i) = −g_i and f_q = −g_q/(1 − p_q). The factor 1/(1 − p_q) is
 * the same for all rows of a request and falls out of shares; what is different from `fisher` is the matrix, in which every row
 * counts by its margin. Several models (checkpoints, or models of half the data): their columns side by side, their scores add up.
 *
 * Source: Park et al. (2023), equations 13 to 17; their λ is 0.
 */
export const trak: Method = {
  name: "trak",
  summary: "random projections and the Gram matrix of the margins' gradients (TRAK)",
  randomColumns: true,
  metric: ({ columns, members, training, doubts, ridge }) => {
    const margins = training.map((x, at) => x / Math.max(SMALLEST_DOUBT, doubts[Math.floor(at / columns)]!));
    return blockDiagonal(columns, members, (block) => {
      const width = block.to - block.from;
      return ridgedInverse(meanOuter(columnsOfBlock(margins, columns, block), width), width, ridge);
    });
  },
};
