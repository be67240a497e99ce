import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import type { ChainJournal, Change, Kept } from "./chain-journal.ts";

/** A request of the chain's, as it comes from outside or is made here. */
export interface Asked {
  readonly method: string;
  readonly params?: unknown;
}
type Ask = (request: Asked) => Promise<unknown>;

/** Requests that change a chain, and that it can be asked again. */
const KEPT = new Set([
  "eth_sendTransaction",
  "eth_sendRawTransaction",
  "evm_mine",
  "evm_increaseTime",
  "evm_setNextBlockTimestamp",
  "hardhat_mine",
  "hardhat_setBalance",
  "hardhat_setCode",
  "hardhat_setNonce",
  "hardhat_setStorageAt",
  "hardhat_impersonateAccount",
  "hardhat_stopImpersonatingAccount",
]);
/** Others of these names change what no block shows (when blocks are mined, which chain this is), but for the few that only read. */
const CHANGING = /^(evm|hardhat|anvil)_/;
const READING = new Set(["hardhat_metadata", "hardhat_getAutomine"]);

interface Block {
  readonly number: number;
  readonly hash: Change["head"];
  readonly seconds: number;
}

async function blockOf(ask: Ask, which: string): Promise<Block> {
  const block = (await ask({ method: "eth_getBlockByNumber", params: [which, false] })) as {
    number: string;
    hash: Change["head"];
    timestamp: string;
  };
  return { number: Number(block.number), hash: block.hash, seconds: Number(block.timestamp) };
}

const now = (): number => Math.floor(Date.now() / 1000);
const paramsOf = ({ params }: Asked): unknown[] => (Array.isArray(params) ? params : []);

/** Writes down what changes a chain, one request after another, so that another chain can be made the same. */
export class KeptChain {
  readonly #journal: ChainJournal;
  readonly #ask: Ask;
  #ahead = 0;
  #recording = false;
  #last: Promise<unknown> = Promise.resolve();
  /** Why nothing can be kept any more: the chain is ahead of its file. */
  #broken: unknown;

  /** @param ask the chain's provider */
  constructor(journal: ChainJournal, ask: Ask) {
    this.#journal = journal;
    this.#ask = ask;
  }

  /**
   * Makes a new chain what the kept one was. Blocks get the seconds that they had, so their hashes must be the same.
   *
   * @throws TRB_CLI_STATE_DIFFERS
   */
  async replay({ header, changes }: Kept, onProgress: OnProgress): Promise<void> {
    const ask = this.#ask;
    let next: unknown[] | undefined;
    let head = (await blockOf(ask, "latest")).hash;
    if (head !== header.genesis) throw this.#differs("the first block");
    for (const [i, { method, params, mined, head: wanted, ahead }] of changes.entries()) {
      if (i % 50 === 0) onProgress({ stage: "replay the chain", done: i, total: changes.length });
      this.#ahead = ahead;
      if (mined !== null) await ask({ method: "evm_setNextBlockTimestamp", params: [mined] });
      if (method === "evm_setNextBlockTimestamp") next = params;
      else if (method !== "evm_increaseTime") {
        // A transaction that reverts is mined, and answered with an error. The hash tells whether it was the same.
        await ask({ method, params }).catch(() => undefined);
        head = (await blockOf(ask, "latest")).hash;
        if (mined !== null) next = undefined;
      }
      if (head !== wanted) throw this.#differs(`line ${i + 2}, ${method}`);
    }
    await this.#setClock();
    if (next !== undefined) await ask({ method: "evm_setNextBlockTimestamp", params: next });
  }

  /** After a replay the chain's clock goes on from its last block; this sets it to what it would be now. */
  async #setClock(): Promise<void> {
    const { seconds } = await blockOf(this.#ask, "pending");
    const missing = now() + this.#ahead - seconds;
    if (missing > 0) await this.#ask({ method: "evm_increaseTime", params: [missing] });
  }

  #differs(details: string): TributaryError {
    return new TributaryError("TRB_CLI_STATE_DIFFERS", "The chain does not become what it was.", {
      details: `${this.#journal.path}: ${details}`,
      hint: "Another version of this program may have written the file. Name a new one with --state.",
    });
  }

  /** From here on, requests are kept. */
  record(): void {
    this.#recording = true;
  }

  /** @param perform what answers the request */
  async handle<Answer>(request: Asked, perform: () => Promise<Answer>): Promise<Answer> {
    const { method } = request;
    if (!this.#recording) return perform();
    if (KEPT.has(method)) {
      const answer = this.#last.then(() => this.#perform(request, perform));
      this.#last = answer.catch(() => undefined);
      return answer;
    }
    if (CHANGING.test(method) && !READING.has(method)) {
      throw new Error(`A chain that keeps its state does not answer ${method}: it could not be kept.`);
    }
    return perform();
  }

  async #perform<Answer>(request: Asked, perform: () => Promise<Answer>): Promise<Answer> {
    if (this.#broken !== undefined) throw this.#broken;
    const before = await blockOf(this.#ask, "latest");
    try {
      const answer = await perform();
      await this.#keep(request, before);
      return answer;
    } catch (error) {
      // A transaction that reverted is in a block all the same.
      const { hash } = await blockOf(this.#ask, "latest");
      if (this.#broken === undefined && hash !== before.hash) await this.#keep(request, before);
      throw error;
    }
  }

  async #keep(request: Asked, before: Block): Promise<void> {
    const { method } = request;
    const params = paramsOf(request);
    const after = await blockOf(this.#ask, "latest");
    const first =
      after.hash === before.hash ? null : await blockOf(this.#ask, `0x${(before.number + 1).toString(16)}`);
    if (first !== null) this.#ahead = after.seconds - now();
    else if (method === "evm_increaseTime") this.#ahead += Number(params[0]);
    const mined = first?.seconds ?? null;
    try {
      this.#journal.keep({ method, params, mined, head: after.hash, ahead: this.#ahead });
    } catch (error) {
      this.#broken = error;
      throw error;
    }
  }
}
