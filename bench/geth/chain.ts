import { setTimeout as sleep } from "node:timers/promises";
import { http } from "viem";
import { BLOCK_GAS, type Fork } from "../../src/cli/forks.ts";
import { DEVELOPMENT_CHAIN_ID } from "../../src/params/development-chain.ts";
import { ACCOUNTS, chainOver, START_SECONDS, type TestChain } from "../../test/helpers/chain.ts";
import { makeGenesis } from "./genesis.ts";
import { call, startGeth } from "./node.ts";

const ZERO_HASH = `0x${"0".repeat(64)}`;
/** Versions of the engine's calls at each fork: forkchoiceUpdated, getPayload, newPayload. */
const ENGINE: Readonly<Partial<Record<Fork, readonly [number, number, number]>>> = {
  osaka: [3, 5, 4],
  amsterdam: [4, 6, 5],
};

interface Payload {
  readonly executionPayload: { readonly blockHash: string; readonly transactions: readonly string[] };
  readonly executionRequests: readonly string[];
}

/**
 * A chain on a real geth, for the helpers that measure on the simulated one. Blocks come when they are asked for, at the second
 * that is asked for: this plays the consensus client.
 */
export async function startGethChain(binary: string, fork: Fork): Promise<TestChain> {
  const versions = ENGINE[fork];
  if (versions === undefined) throw new RangeError(`no versions of the engine's calls for ${fork}`);
  const [forkchoice, get, insert] = versions;
  const accounts = ACCOUNTS.map(({ address }) => address);
  const node = await startGeth(binary, await makeGenesis(binary, fork, START_SECONDS, accounts), "engine");
  let next = START_SECONDS + 1n;
  let slot = 0;

  const seal = async (transactions: number): Promise<void> => {
    const head = await call<{ hash: string }>(node.rpc, "eth_getBlockByNumber", ["latest", false]);
    const choose = (hash: string) => ({
      headBlockHash: hash,
      safeBlockHash: hash,
      finalizedBlockHash: ZERO_HASH,
    });
    slot++;
    const attributes = {
      timestamp: `0x${next.toString(16)}`,
      prevRandao: ZERO_HASH,
      suggestedFeeRecipient: `0x${"0".repeat(40)}`,
      withdrawals: [],
      parentBeaconBlockRoot: ZERO_HASH,
      ...(fork === "amsterdam" && {
        slotNumber: `0x${slot.toString(16)}`,
        targetGasLimit: `0x${BLOCK_GAS.toString(16)}`,
      }),
    };
    const { payloadId } = await node.engine<{ payloadId: string }>(`engine_forkchoiceUpdatedV${forkchoice}`, [
      choose(head.hash),
      attributes,
      ...(fork === "amsterdam" ? [null] : []),
    ]);
    // An empty block is there at once; the one with transactions a moment later.
    await sleep(200);
    const payload = await node.engine<Payload>(`engine_getPayloadV${get}`, [payloadId]);
    const { executionPayload, executionRequests } = payload;
    if (executionPayload.transactions.length !== transactions)
      throw new Error("the transaction is not mined");
    const { status } = await node.engine<{ status: string }>(`engine_newPayloadV${insert}`, [
      executionPayload,
      [],
      ZERO_HASH,
      executionRequests,
    ]);
    if (status !== "VALID") throw new Error(`the block is ${status}`);
    await node.engine(`engine_forkchoiceUpdatedV${forkchoice}`, [
      choose(executionPayload.blockHash),
      null,
      ...(fork === "amsterdam" ? [null] : []),
    ]);
    next++;
  };

  return chainOver({
    transport: http(node.rpc),
    chainId: Number(DEVELOPMENT_CHAIN_ID),
    fork,
    at: async (timestamp) => {
      next = timestamp;
    },
    sent: () => seal(1),
    empty: () => seal(0),
    close: () => node.stop(),
  });
}
