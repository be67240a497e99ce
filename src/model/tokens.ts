import type { LayerGradients } from "./types.ts";

/** n. */
export const rowsOf = ({ offsets, inputs }: LayerGradients): number =>
  offsets === undefined ? inputs.rows : offsets.length - 1;

/** First token of row i and the one after its last. */
export const tokensOf = ({ offsets }: LayerGradients, i: number): readonly [number, number] =>
  offsets === undefined ? [i, i + 1] : [offsets[i]!, offsets[i + 1]!];
