import { blockDiagonal, columnsOfBlock, meanOuter, ridgedInverse } from "./blocks.ts";
import type { Method } from "./types.ts";

/**
 * Influence with the empirical Fisher matrix: S(q, i) = g_qᵀ (E[g gᵀ] + λI)⁻¹ g_i, gradients at the rows' own labels.
 *
 * Cheaper than Gauss–Newton, which needs the gradients at all labels, and worse: a row that the model gets right counts
 * for nothing in it. Source: LoGra (Choe et al., 2024).
 */
export const fisher: Method = {
  name: "fisher",
  summary: "influence with the empirical Fisher matrix of the training gradients (LoGra)",
  metric: ({ columns, members, training, ridge }) =>
    blockDiagonal(columns, members, (block) => {
      const width = block.to - block.from;
      return ridgedInverse(meanOuter(columnsOfBlock(training, columns, block), width), width, ridge);
    }),
};
