import { blockDiagonal, diagonalBlock, ridgedInverse } from "./blocks.ts";
import type { Method } from "./types.ts";

/**
 * Influence functions: S(q, i) = g_qᵀ (H + λI)⁻¹ g_i.
 *
 * H is the Gauss–Newton matrix, K × K, in the units of the loss for squared parameters; for a softmax head it is the
 * exact Hessian of what the head minimises. Models of an ensemble are inverted apart, their scores add up.
 *
 * Source: Koh and Liang (2017); Gauss–Newton instead of the Hessian for non-convex models: Martens (2020), Grosse et al. (2023).
 */
export const influence: Method = {
  name: "influence",
  summary: "influence functions with the exact Hessian (of other models than a softmax head: Gauss–Newton)",
  metric: ({ columns, members, curvature, ridge }) => {
    const h = curvature();
    return blockDiagonal(columns, members, (block) =>
      ridgedInverse(diagonalBlock(h, columns, block), block.to - block.from, ridge),
    );
  },
};
