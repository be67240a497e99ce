import {
  type Account,
  createPublicClient,
  createWalletClient,
  defineChain,
  type PublicClient,
  type Transport,
  type WalletClient,
} from "viem";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import { guarded } from "./errors.ts";

export interface ChainOptions {
  /** Blocks that a transaction is under before it counts, itself included. 1 on the development chain, which mines no empty blocks, otherwise 3. */
  readonly confirmations?: number;
  /** How long to wait for that, in milliseconds. */
  readonly timeoutMs?: number;
  /** How often to ask, in milliseconds. */
  readonly pollingMs?: number;
}

/** A chain that is read from. */
export interface ChainReader {
  readonly client: PublicClient;
  readonly chainId: bigint;
}

/** A chain that transactions are sent to, by one account. Send them one after another: nonces are the node's. */
export interface ChainSender extends ChainReader {
  readonly wallet: WalletClient;
  readonly account: Account;
  readonly confirmations: number;
  readonly timeoutMs: number;
}

const DEFAULT_POLLING_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 180_000;
const DEFAULT_CONFIRMATIONS = 3;

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

/** A reader that also sends, signing with `account` (a local account, or one that the node has unlocked). */
export async function connectSender(
  transport: Transport,
  account: Account,
  options: ChainOptions = {},
): Promise<ChainSender> {
  const reader = await connectReader(transport, options);
  const wallet = createWalletClient({
    transport,
    account,
    chain: chainOf(Number(reader.chainId)),
    ...timing(options),
  });
  const development = reader.chainId === DEVELOPMENT_CHAIN_ID;
  return {
    ...reader,
    wallet,
    account,
    confirmations: options.confirmations ?? (development ? 1 : DEFAULT_CONFIRMATIONS),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
}

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
