/** The oldest rules that the contracts run under: of the first fork in src/cli/forks.ts. Chains of later ones run them, too. */
export const EVM_VERSION = "cancun";

/** What solc is told about the contracts that are deployed, besides what it is to give. */
export const SOLIDITY_SETTINGS = {
  optimizer: { enabled: true, runs: 10_000 },
  evmVersion: EVM_VERSION,
} as const;
