/** Names of the graph's output, of what it is put together from, and of inputs besides the request's. */
export const PORTS = {
  answer: "answer",
  probabilities: "probabilities",
  label: "label",
  /** Of the label that is traced, where that is not the most probable one. */
  askedLabel: "asked label",
  /** Of a sparse request: the places of its numbers that are not 0. */
  columns: "columns",
  mix: "mix",
  inputBase: (layer: number): string => `sketch ${layer}: input`,
  inputBias: (layer: number): string => `sketch ${layer}: input bias`,
  outputBase: (layer: number): string => `sketch ${layer}: output`,
  /** Where a layer's columns are among its products. */
  places: (layer: number): string => `sketch ${layer}: places`,
} as const;
