/** The chain id of Hardhat's development chain, the only one that development keys are accepted on. */
export const DEVELOPMENT_CHAIN_ID = 31337n;
