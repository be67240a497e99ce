import type { Sketch } from "./types.ts";

/** K: the layers' columns together, before `mix`. */
export const columnsOf = ({ layers }: Pick<Sketch, "layers">): number =>
  layers.reduce((sum, { inputOf }) => sum + inputOf.length, 0);
