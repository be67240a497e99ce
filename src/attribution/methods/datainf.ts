import { gram } from "../../numeric/linear/dense.ts";
import { blockDiagonal, columnsOfBlock } from "./blocks.ts";
import type { Method } from "./types.ts";

/** λ_l as a share of the mean squared entry of the layer's gradients: DataInf's own choice. */
const DAMPING = 0.1;

/**
 * DataInf: for each layer l of K_l columns the mean of the inverses instead of the inverse of the mean,
 *
 *     M_l = 1/(n·λ_l) Σ_j [I − g_j g_jᵀ/(λ_l + ‖g_j‖²)],   λ_l = 0.1·E_j[‖g_j‖²]/K_l,   S(q, i) = Σ_l g_qᵀ M_l g_i.
 *
 * Sign: Kwon et al. (ICLR 2024, equation 5) publish −S as the influence on the loss, where a negative value helps; here, as with
 * all methods, S > 0 raises the likelihood. λ of the options is not used.
 */
export const datainf: Method = {
  name: "datainf",
  summary: "the mean of rank-one inverses, layer by layer (DataInf)",
  metric: ({ columns, layers, training }) =>
    blockDiagonal(columns, layers, (block) => {
      const width = block.to - block.from;
      const g = columnsOfBlock(training, columns, block);
      const rows = g.length / width;
      const squares = new Float64Array(rows);
      let total = 0;
      for (let i = 0; i < rows; i++) {
        let square = 0;
        for (let m = 0; m < width; m++) square += g[i * width + m]! ** 2;
        squares[i] = square;
        total += square;
      }
      const damping = (DAMPING * total) / (rows * width);
      // A layer without gradients says nothing about anybody.
      if (damping === 0) return new Float64Array(width * width);
      for (let i = 0; i < rows; i++) {
        const factor = 1 / Math.sqrt(damping + squares[i]!);
        for (let m = 0; m < width; m++) g[i * width + m]! *= factor;
      }
      const mean = gram(g, width).map((sum) => -sum / (rows * damping));
      for (let m = 0; m < width; m++) mean[m * width + m]! += 1 / damping;
      return mean;
    }),
};
