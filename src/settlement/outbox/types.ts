import type { Address, Hex } from "viem";

/** What a transaction does, whatever it costs. */
export interface Call {
  /** Undefined deploys `data` as a contract. */
  readonly to?: Address | undefined;
  readonly data?: Hex | undefined;
  /** Of the chain's own currency, in wei. */
  readonly value?: bigint | undefined;
}

/** What a transaction offers for a unit of gas, in wei: EIP-1559's two prices, or the one of before. */
export type Fees =
  | { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
  | { readonly gasPrice: bigint };

/** One signing of an entry's call. All of an entry have the same nonce, so that at most one of them is ever mined. */
export interface Attempt {
  readonly hash: Hex;
  /** The signed transaction; absent where the node signs. */
  readonly raw?: Hex | undefined;
  readonly fees?: Fees | undefined;
}

/** A call on its way, from before it is first sent until its outcome is known and handed over. */
export interface Entry {
  /** Names purpose and call: the same call for the same purpose is the same entry. */
  readonly id: string;
  readonly purpose?: string | undefined;
  readonly nonce: number;
  readonly call: Call;
  readonly gas?: bigint | undefined;
  /** The newest block when it was signed: its transaction is in a later one. */
  readonly block: bigint;
  /** Oldest first. Empty where the node signs and did not answer yet. */
  readonly attempts: readonly Attempt[];
  /** The transaction that did it, once that is certain; kept for an entry with a purpose. */
  readonly done?: Hex | undefined;
}

/** Whose nonces: one account on one chain. The first block's hash tells chains of one number apart. */
export interface Scope {
  readonly chainId: bigint;
  readonly genesis: Hex;
  readonly account: Address;
}

/** Where entries are kept. `put` returns when the entry would survive a crash. */
export interface OutboxStore {
  /**
   * Runs `work` while nobody else has this account's nonces.
   *
   * @throws TRB_SETTLEMENT_ACCOUNT_BUSY where another process keeps them for too long
   */
  exclusively<T>(scope: Scope, work: () => Promise<T>): Promise<T>;
  list(scope: Scope): Promise<readonly Entry[]>;
  /** Writes an entry, in the place of one of the same id. */
  put(scope: Scope, entry: Entry): Promise<void>;
  remove(scope: Scope, id: string): Promise<void>;
}
