import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { custom, decodeAbiParameters, encodeAbiParameters, getAbiItem, type Hex } from "viem";
import { treasuryAbi } from "../../../src/generated/abis.ts";
import { readBatch } from "../../../src/settlement/batch.ts";
import { connectReader } from "../../../src/settlement/chain.ts";
import { type Committed, commitBatch, FEES, serve } from "../../helpers/story.ts";
import { deployWorld, type World } from "../../helpers/world.ts";
import { deploymentOf } from "../../helpers/world-reader.ts";

/*
 * A statement is read from the event of a batch, for no contract keeps its words. A node that is not honest shows others: a
 * proof about them would be checked against what it likes.
 */
const data = getAbiItem({ abi: treasuryAbi, name: "BatchCommitted" }).inputs.filter(
  (input) => !("indexed" in input) || !input.indexed,
);
type Words = Record<string, unknown>;
interface Log {
  readonly data: Hex;
}

describe("a node that shows another event of a batch than there was", () => {
  let world: World;
  let committed: Committed;
  before(async () => {
    world = await deployWorld();
    committed = await commitBatch(world, await serve(world), 0n, FEES);
  });
  after(() => world.close());

  /** The batch by a node that is honest but for the words of events. */
  async function read(change: (words: Words) => Words) {
    const spoiled = (log: Log): Log => {
      const values = decodeAbiParameters(data, log.data) as readonly unknown[];
      const words = change(Object.fromEntries(data.map(({ name }, i) => [name, values[i]])));
      return { ...log, data: encodeAbiParameters(data, data.map(({ name }) => words[name!]) as never) };
    };
    const node = custom({
      request: async (asked: { method: string }) => {
        const answer: unknown = await world.chain.client.request(asked as never);
        return asked.method === "eth_getLogs" ? (answer as Log[]).map(spoiled) : answer;
      },
    });
    return readBatch(await connectReader(node), deploymentOf(world), committed.statement.batchKey);
  }

  it("is believed where it shows the words that were", async () => {
    assert.deepEqual((await read((words) => words)).statement, committed.statement);
  });

  const list = (value: unknown): readonly bigint[] => value as readonly bigint[];
  const changes: Readonly<Record<string, (words: Words) => Words>> = {
    "a pool of one unit more": (words) => ({ ...words, poolWords: [list(words.poolWords)[0]! + 1n] }),
    "another trace": (words) => ({ ...words, traces: list(words.traces).with(1, 7n) }),
    "traces in another order": (words) => ({ ...words, traces: list(words.traces).toReversed() }),
    "another first number": (words) => ({ ...words, n0: BigInt(words.n0 as bigint) + 1n }),
    "another deadline": (words) => ({ ...words, deadline: BigInt(words.deadline as bigint) + 1n }),
    "a trace less than pools": (words) => ({ ...words, traces: list(words.traces).slice(1) }),
    "a word of pools too many": (words) => ({ ...words, poolWords: [...list(words.poolWords), 0n] }),
    "no pools": (words) => ({ ...words, poolWords: [] }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is found out: ${what}`, () => assert.rejects(read(change), { code: "TRB_SETTLEMENT_BATCH_KEY" }));
  }
});
