import {
  type Account,
  createPublicClient,
  createWalletClient,
  defineChain,
  type PublicClient,
  type Transport,
  type WalletClient,
} from "viem";
import { TributaryError } from "../core/errors.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import { guarded } from "./errors.ts";
import { memoryStore } from "./outbox/memory-store.ts";
import type { OutboxStore } from "./outbox/types.ts";

export interface ChainOptions {
  /** Blocks that a transaction is under before it counts, itself included. 1 on development chains, which mine no empty blocks, otherwise 3. */
  readonly confirmations?: number | undefined;
  /** How long to wait for a transaction to be mined, and for each block upon it, in milliseconds. */
  readonly timeoutMs?: number;
  /** How often to ask, in milliseconds. */
  readonly pollingMs?: number;
  /** Where transactions are kept until their outcome is known. Without one they are in memory, and a crash forgets them. */
  readonly outbox?: OutboxStore;
  /** After how long a transaction that is not mined is signed again with higher fees, in milliseconds. */
  readonly raiseAfterMs?: number;
}

/** A chain that is read from. */
export interface ChainReader {
  readonly client: PublicClient;
  readonly chainId: bigint;
}

/** A chain that transactions are sent to, by one account: one after another, whoever asks. */
export interface ChainSender extends ChainReader {
  readonly wallet: WalletClient;
  readonly account: Account;
  readonly confirmations: number;
  readonly timeoutMs: number;
  readonly raiseAfterMs: number;
  readonly outbox: OutboxStore;
  /** What the next transactions are for: see `once`. */
  readonly purpose?: string;
}

const DEFAULT_POLLING_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 180_000;
const DEFAULT_RAISE_AFTER_MS = 45_000;
const DEFAULT_CONFIRMATIONS = 3;
/** Hardhat's and Anvil's chain, and that of `geth --dev`: a block for each transaction, and none between. */
const INSTANT_CHAINS = new Set([DEVELOPMENT_CHAIN_ID, 1337n]);

/**
 * Connects to whatever chain the transport leads to: `http(url)`, or `custom(provider)` for a chain in this process.
 *
 * @throws TRB_SETTLEMENT_UNREACHABLE
 */
export async function connectReader(transport: Transport, options: ChainOptions = {}): Promise<ChainReader> {
  const id = await guarded(() => createPublicClient({ transport }).getChainId());
  const client = createPublicClient({ transport, chain: chainOf(id), ...timing(options) });
  return { client, chainId: BigInt(id) };
}

/** Whether the node says that it mines only when it is sent something. Public nodes do not know the question. */
async function minesOnDemand({ client }: ChainReader): Promise<boolean> {
  try {
    const answer: unknown = await client.request({ method: "hardhat_getAutomine" } as never);
    return answer === true;
  } catch {
    return false;
  }
}

/**
 * A reader that also sends, signing with `account` (a local account, or one that the node has unlocked).
 *
 * @throws TRB_SETTLEMENT_CONFIRMATIONS where more are asked for than the node will ever have
 */
export async function connectSender(
  transport: Transport,
  account: Account,
  options: ChainOptions = {},
): Promise<ChainSender> {
  const reader = await connectReader(transport, options);
  const { confirmations = INSTANT_CHAINS.has(reader.chainId) ? 1 : DEFAULT_CONFIRMATIONS } = options;
  if (confirmations > 1 && (await minesOnDemand(reader))) {
    throw new TributaryError("TRB_SETTLEMENT_CONFIRMATIONS", "This node never has so many confirmations.", {
      details: `${confirmations} asked for; it mines a block for each transaction, and none in between`,
      hint: "Take 1 on such a node.",
    });
  }
  const wallet = createWalletClient({
    transport,
    account,
    chain: chainOf(Number(reader.chainId)),
    ...timing(options),
  });
  return {
    ...reader,
    wallet,
    account,
    confirmations,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    raiseAfterMs: options.raiseAfterMs ?? DEFAULT_RAISE_AFTER_MS,
    outbox: options.outbox ?? memoryStore(),
  };
}

/**
 * The same sender, whose transactions are for a purpose that a rerun names again: the same call for the same purpose is never sent
 * twice on a chain, also when it was mined long ago. For calls that would happen again, and whose result is yet to be recorded.
 */
export const once = (sender: ChainSender, purpose: string): ChainSender => ({ ...sender, purpose });

const timing = ({ pollingMs = DEFAULT_POLLING_MS }: ChainOptions) => ({
  pollingInterval: pollingMs,
  cacheTime: 0,
});

/** viem wants a description of the chain; what it says beyond the id is only shown to people. */
const chainOf = (id: number) =>
  defineChain({
    id,
    name: `chain ${id}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [] } },
  });
