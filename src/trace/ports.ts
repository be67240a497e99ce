/** Names of the graph's outputs, and of the inputs that belong to the sketch. */
export const PORTS = {
  logits: "logits",
  probabilities: "probabilities",
  label: "label",
  gradient: "gradient",
  mix: "mix",
  inputBase: (layer: number): string => `sketch ${layer}: input`,
  inputBias: (layer: number): string => `sketch ${layer}: input bias`,
  outputBase: (layer: number): string => `sketch ${layer}: output`,
  inputOf: (layer: number): string => `sketch ${layer}: input of`,
  outputOf: (layer: number): string => `sketch ${layer}: output of`,
} as const;
