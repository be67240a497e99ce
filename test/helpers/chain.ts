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
  walletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MNEMONIC = "test test test test test test test test test test test junk";
const ACCOUNTS = 20;
/** Below EIP-7825's limit of 2^24 for one transaction, which later hard forks enforce. */
const GAS = 16_000_000n;

/** A contract to talk to. */
export interface Contract {
  readonly address: Address;
  readonly abi: Abi;
}

/** ABI and creation code. */
export interface Compiled {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** A chain in this process with funded accounts; each transaction is a block. */
export type TestChain = Awaited<ReturnType<typeof startChain>>;

/** When every chain begins. Each transaction is a second later, so that a run costs the same gas as the last, to the unit. */
const START = "2027-01-15T08:00:00Z";

/** @param chainId 31337 is the development chain, the only one that takes development keys */
export async function startChain(chainId = 31337) {
  const mnemonic = MNEMONIC;
  const { network } = await createHardhatRuntimeEnvironment(
    {
      networks: {
        test: {
          type: "edr-simulated",
          chainType: "l1",
          chainId,
          hardfork: "cancun",
          initialDate: START,
          accounts: { mnemonic, count: ACCOUNTS },
        },
      },
    },
    {},
    ROOT,
  );
  const connection = await network.create("test");
  const chain = { ...hardhat, id: chainId };
  const client = createTestClient({
    chain,
    mode: "hardhat",
    // viem takes a revert for a network error, and would ask again after a pause.
    transport: custom(connection.provider, { retryCount: 0 }),
    pollingInterval: 10,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
  const accounts = Array.from({ length: ACCOUNTS }, (_, addressIndex) =>
    mnemonicToAccount(mnemonic, { addressIndex }),
  );
  const admin = accounts[0]!;
  type Sender = Account | Address;

  const receiptOf = async (hash: Hex): Promise<TransactionReceipt> => {
    const receipt = await client.getTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`transaction ${hash} reverted`);
    return receipt;
  };

  /** Sets the next block's second: `seconds` after the last one's. The machine's clock would make a run's calldata its own. */
  const pass = async (seconds: bigint): Promise<void> => {
    const { timestamp } = await client.getBlock();
    await client.setNextBlockTimestamp({ timestamp: timestamp + seconds });
  };

  return {
    client,
    accounts,
    admin,
    close: () => connection.close(),

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
      const call = { address, abi, functionName, args, account, gas: GAS };
      const { result } = await client.simulateContract(call);
      await pass(1n);
      const receipt = await receiptOf(await client.writeContract({ ...call, chain }));
      return { result: result as unknown, receipt };
    },

    /** Deploys from the admin's account. */
    async deploy({ abi, bytecode }: Compiled, args: readonly unknown[] = []): Promise<Contract> {
      await pass(1n);
      const hash = await client.deployContract({ abi, bytecode, args, account: admin, chain, gas: GAS });
      const { contractAddress } = await receiptOf(hash);
      return { address: contractAddress!, abi };
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
      await client.mine({ blocks: 1 });
    },
  };
}
