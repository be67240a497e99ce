import { Option } from "commander";

/** Hard forks that the simulated chain can be at: Cancun's rules, today's main network, and the next one's prices. */
export const FORKS = ["cancun", "osaka", "amsterdam"] as const;
export type Fork = (typeof FORKS)[number];

export const DEFAULT_FORK: Fork = "osaka";

export const BLOCK_GAS = 60_000_000n;

/**
 * The settings of a simulated chain at a fork.
 *
 * From Osaka on a transaction has at most 2^24 gas (EIP-7825). At Amsterdam that is a limit of regular gas only: what new state
 * costs (EIP-8037) comes out of the rest of the transaction's gas, as geth 1.17.10 does it. Hardhat 3.18 still holds the whole
 * against 2^24, which a deployment of 10.5 kB reaches, so there its limit is a block's.
 */
export function simulatedNetwork(fork: Fork) {
  return {
    type: "edr-simulated",
    chainType: "l1",
    hardfork: fork,
    blockGasLimit: BLOCK_GAS,
    ...(fork === "amsterdam" && { transactionGasCap: BLOCK_GAS }),
  } as const;
}

/** @param fallback the fork where none is named; undefined where that depends on a kept chain */
export function forkOption(fallback?: Fork): Option {
  const option = new Option("--fork <name>", "the rules and prices that the chain has: of which hard fork");
  if (fallback !== undefined) return option.choices(FORKS).default(fallback);
  option.description += ` (default: the kept chain's, or ${DEFAULT_FORK})`;
  return option.choices(FORKS);
}
