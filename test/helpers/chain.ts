import { fileURLToPath } from "node:url";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import {
  type Abi,
  type Account,
  type Address,
  createTestClient,
  custom,
  type Hex,
  publicActions,
  type TransactionReceipt,
  type Transport,
  walletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { DEFAULT_FORK, type Fork, simulatedNetwork } from "../../src/cli/forks.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MNEMONIC = "test test test test test test test test test test test junk";
const ACCOUNT_COUNT = 20;
/** Of each transaction: below EIP-7825's limit of 2^24, which Osaka enforces; at Amsterdam state is not counted towards it. */
const GAS: Readonly<Record<Fork, bigint>> = {
  cancun: 16_000_000n,
  osaka: 16_000_000n,
  amsterdam: 50_000_000n,
};

/** A contract to talk to. */
export interface Contract {
  readonly address: Address;
  readonly abi: Abi;
}

/** With what its deployment cost. */
export interface Deployed extends Contract {
  readonly gasUsed: bigint;
}

/** ABI and creation code. */
export interface Compiled {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** When every chain begins. Each transaction is a second later, so that a run costs the same gas as the last, to the unit. */
const START = "2027-01-15T08:00:00Z";
export const START_SECONDS = BigInt(Date.parse(START) / 1000);

export const ACCOUNTS = Array.from({ length: ACCOUNT_COUNT }, (_, addressIndex) =>
  mnemonicToAccount(MNEMONIC, { addressIndex }),
);

/** A node whose blocks are made to order. */
export interface Node {
  readonly transport: Transport;
  readonly chainId: number;
  readonly fork: Fork;
  /** Sets the next block's second. */
  at(timestamp: bigint): Promise<void>;
  /** Sees to it that the transaction that was just sent is in a block. */
  sent(): Promise<void>;
  /** Mines a block without transactions. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** @param chainId 31337 is the development chain, the only one that takes development keys */
export async function startChain(chainId = 31337, fork: Fork = DEFAULT_FORK) {
  const { network } = await createHardhatRuntimeEnvironment(
    {
      networks: {
        test: {
          ...simulatedNetwork(fork),
          chainId,
          initialDate: START,
          accounts: { mnemonic: MNEMONIC, count: ACCOUNT_COUNT },
        },
      },
    },
    {},
    ROOT,
  );
  const { provider, close } = await network.create("test");
  return chainOver({
    // viem takes a revert for a network error, and would ask again after a pause.
    transport: custom(provider, { retryCount: 0 }),
    chainId,
    fork,
    at: async (timestamp) => {
      await provider.request({ method: "evm_setNextBlockTimestamp", params: [Number(timestamp)] });
    },
    sent: async () => {},
    empty: async () => {
      await provider.request({ method: "evm_mine" });
    },
    close,
  });
}

/** A chain with funded accounts; each transaction is a block. */
export type TestChain = ReturnType<typeof chainOver>;

/** What tests do with a chain, on a node of any kind. */
export function chainOver({ transport, chainId, fork, at, sent, empty, close }: Node) {
  const gas = GAS[fork];
  const chain = { ...hardhat, id: chainId };
  const client = createTestClient({ chain, mode: "hardhat", transport, pollingInterval: 10, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions);
  const admin = ACCOUNTS[0]!;
  type Sender = Account | Address;

  const receiptOf = async (hash: Hex): Promise<TransactionReceipt> => {
    const receipt = await client.getTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`transaction ${hash} reverted`);
    return receipt;
  };

  /** Sets the next block's second: `seconds` after the last one's. The machine's clock would make a run's calldata its own. */
  const pass = async (seconds: bigint): Promise<void> => {
    const { timestamp } = await client.getBlock();
    await at(timestamp + seconds);
  };

  return {
    client,
    accounts: ACCOUNTS,
    admin,
    close,

    /** The value that a view returns, or a reverting call's error. */
    read: <Result>({ address, abi }: Contract, functionName: string, args: readonly unknown[] = []) =>
      client.readContract({ address, abi, functionName, args }) as Promise<Result>,

    /** Simulates, so that a revert carries its error, then sends. */
    async send(
      { address, abi }: Contract,
      functionName: string,
      args: readonly unknown[],
      account: Sender = admin,
    ) {
      const call = { address, abi, functionName, args, account, gas };
      const { result } = await client.simulateContract(call);
      await pass(1n);
      const hash = await client.writeContract({ ...call, chain });
      await sent();
      const receipt = await receiptOf(hash);
      return { result: result as unknown, receipt };
    },

    /** Deploys from the admin's account. */
    async deploy({ abi, bytecode }: Compiled, args: readonly unknown[] = []): Promise<Deployed> {
      await pass(1n);
      const hash = await client.deployContract({ abi, bytecode, args, account: admin, chain, gas });
      await sent();
      const { contractAddress, gasUsed } = await receiptOf(hash);
      return { address: contractAddress!, abi, gasUsed };
    },

    /** Sends from a contract's address: for the calls that only a sibling contract may make. */
    async sendAs(sender: Address, contract: Contract, functionName: string, args: readonly unknown[]) {
      await client.impersonateAccount({ address: sender });
      await client.setBalance({ address: sender, value: 10n ** 18n });
      return this.send(contract, functionName, args, sender);
    },

    /** Moves the clock, and mines a block under the new time. */
    async wait(seconds: number) {
      await pass(BigInt(seconds));
      await empty();
    },
  };
}
