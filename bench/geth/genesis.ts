import { BLOCK_GAS, type Fork } from "../../src/cli/forks.ts";
import { DEVELOPMENT_CHAIN_ID } from "../../src/params/development-chain.ts";
import { call, startGeth } from "./node.ts";

/** What `geth init` reads. */
export interface Genesis {
  readonly config: Readonly<Record<string, unknown>> & { readonly chainId: number };
  readonly alloc: Readonly<Record<string, { readonly balance: string; readonly code?: string }>>;
  readonly [field: string]: unknown;
}

/** Contracts that blocks call from some fork on (EIP-4788, 2935, 7002, 7251, 8282): without their code no block is valid. */
const SYSTEM_CONTRACTS = [
  "0x000f3df6d732807ef1319fb7b8bb8522d0beac02",
  "0x0000f90827f1c53a10cb7a02335b175320002935",
  "0x00000961ef480eb55e80d19ad83579a64c007002",
  "0x0000bbddc7ce488642fb579f8b00f3a590007251",
  "0x0000bff46984e3725691fa540a8c7589300d8282",
  "0x000064d678505ad48f8ccb093bc65613800e8282",
];
const FUNDED_WEI = "0x21e19e0c9bab2400000";
const BLOBS = { target: 6, max: 9, baseFeeUpdateFraction: 5_007_716 };
/** From the first block on; a fork is all of those before it. */
const OLD_FORKS = (
  "homestead eip150 eip155 eip158 byzantium constantinople petersburg istanbul muirGlacier berlin " +
  "london arrowGlacier grayGlacier mergeNetsplit"
).split(" ");
const TIMED_FORKS = ["shanghai", "cancun", "prague", "osaka", "amsterdam"];

/**
 * The genesis of a chain that is at a fork from the start. `geth dumpgenesis --dev`, which once wrote one, is gone, and
 * geth's own development chain is never at Amsterdam; the system contracts' code is asked of it.
 *
 * @param timestamp the first block's second
 * @param accounts get ether
 */
export async function makeGenesis(
  binary: string,
  fork: Fork,
  timestamp: bigint,
  accounts: readonly string[],
): Promise<Genesis> {
  const alloc: Record<string, { balance: string; code?: string }> = {};
  for (const account of accounts) alloc[account] = { balance: FUNDED_WEI };
  const development = await startGeth(binary, undefined, "transactions");
  for (const address of SYSTEM_CONTRACTS) {
    alloc[address] = {
      balance: "0x0",
      code: await call(development.rpc, "eth_getCode", [address, "latest"]),
    };
  }
  await development.stop();
  const timed = TIMED_FORKS.slice(0, TIMED_FORKS.indexOf(fork) + 1);
  return {
    config: {
      chainId: Number(DEVELOPMENT_CHAIN_ID),
      ...Object.fromEntries(OLD_FORKS.map((name) => [`${name}Block`, 0])),
      ...Object.fromEntries(timed.map((name) => [`${name}Time`, 0])),
      terminalTotalDifficulty: 0,
      depositContractAddress: "0x00000000219ab540356cbb839cbe05303d7705fa",
      blobSchedule: Object.fromEntries(TIMED_FORKS.slice(1).map((name) => [name, BLOBS])),
    },
    difficulty: "0x0",
    gasLimit: `0x${BLOCK_GAS.toString(16)}`,
    baseFeePerGas: "0x3b9aca00",
    timestamp: `0x${timestamp.toString(16)}`,
    alloc,
  };
}
