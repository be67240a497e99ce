// Machine-written by scripts/generate/development-points.ts from artifacts/manifest.json

/** keccak of each development key's [τ]₂. */
export const DEVELOPMENT_TAU: readonly string[] = [
  "0x9a5413cbae5113dac1483ddb8cdb4b37bfe22f19cbe3abca588d16ef666fca3d",
];

/** keccak of each development key's β₂. */
export const DEVELOPMENT_BETA: readonly string[] = [
  "0x5015b2d412ba44a4f6633fe3d673562d0ee006eb33edf1ddeddfe4a9f574758a",
];
