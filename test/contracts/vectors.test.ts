import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { toHex } from "../../src/crypto/words.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { decodeVerifyingKey } from "../../src/protocol/verifying-key.ts";
import type { Contract, TestChain } from "../helpers/chain.ts";
import { startLibraries } from "../helpers/library-harness.ts";
import { readVectors } from "../helpers/vectors.ts";
import { verifierArguments } from "../helpers/world.ts";

const vectors = readVectors("transcript");
const packing = readVectors("packing") as { kind: string; values: string[]; elements: string[] }[];

const point = ([x, y]: readonly [string, string]) => ({ x: BigInt(x), y: BigInt(y) });
const point2 = ([x, y]: readonly [string[], string[]]) => ({ x: x.map(BigInt), y: y.map(BigInt) });
/** Lists of amounts as the words that the statement vector has, which `packing` vectors pin separately. */
const words = (amounts: readonly string[]): bigint[] =>
  Array.from({ length: Math.ceil(amounts.length / 4) }, (_, e) =>
    amounts.slice(4 * e, 4 * e + 4).reduce((sum, amount, i) => sum + (BigInt(amount) << BigInt(56 * i)), 0n),
  );

describe("Solidity agrees with the encoding vectors", () => {
  let chain: TestChain;
  let libraries: Contract;
  before(async () => {
    ({ chain, libraries } = await startLibraries());
  });
  after(() => chain.close());

  const { batch, alpha } = vectors;
  const traces = batch.traces.map(BigInt);
  const statement = {
    settlement: alpha.settlement,
    batchKey: batch.key,
    indexId: BigInt(batch.indexId),
    n0: BigInt(batch.n0),
    positions: BigInt(alpha.payouts.length),
    indexCommitment: point(alpha.indexCommitment),
    poolWords: words(batch.pools),
    traces,
  };
  const claim = {
    payoutWords: words(alpha.payouts),
    payoutCommitment: point(alpha.payoutCommitment),
    unattributed: BigInt(alpha.unattributed),
    recipient: alpha.recipient,
  };
  const read = (name: string, args: readonly unknown[]) => chain.read<bigint>(libraries, name, args);

  it("is of the vectors' parameters", () => assert.equal(vectors.paramsDigest, paramsDigest()));

  it("key digest", async () => {
    const args = verifierArguments(decodeVerifyingKey(vectors.key.verifyingKey));
    assert.equal(await read("keyDigest", args), vectors.key.digest);
  });

  it("batch key", async () => {
    const { operator, deadline, indexId, n0 } = batch;
    const index = { ...batch.index, commitment: point(batch.index.commitment) };
    const { place, proverShare } = batch;
    const written = { operator, deadline, place, proverShare };
    const preimage = { indexId, index, n0, ...written, poolWords: statement.poolWords, traces };
    assert.equal(await read("batchKey", [batch.treasury, preimage]), batch.key);
  });

  it("alpha", async () => {
    const value = await read("alpha", [vectors.key.digest, statement, claim, BigInt(alpha.h1)]);
    assert.equal(toHex(value), alpha.value);
  });

  it("beta and rho", async () => {
    const { cq, h2, value } = vectors.beta;
    assert.equal(toHex(await read("beta", [BigInt(alpha.value), point(cq), BigInt(h2)])), value);
    assert.equal(toHex(await read("rho", [BigInt(value)])), vectors.rho);
  });

  it("rho'", async () => {
    const { a, b, c, opening, y, value } = vectors.join;
    const proof = {
      h1: 0n,
      h2: 0n,
      y: BigInt(y),
      cq: { x: 0n, y: 0n },
      opening: point(opening),
      a: point(a),
      b: point2(b),
      c: point(c),
    };
    assert.equal(toHex(await read("join", [BigInt(vectors.beta.value), proof])), value);
  });

  it("the statement vector at beta", async () => {
    const { traces: Q, positions: C, width: k } = TIERS.mini;
    const tier = { traces: Q, positions: C, width: k };
    const args = [tier, statement, claim, BigInt(alpha.value), BigInt(alpha.h1), BigInt(vectors.beta.value)];
    assert.equal(toHex(await read("evaluate", args)), vectors.statementVector.atBeta);
  });

  it("packed amounts", async () => {
    const lists = packing.filter(({ kind }) => kind === "amount");
    assert.ok(lists.length > 0);
    for (const { values, elements } of lists) {
      const packed = await chain.read<bigint[]>(libraries, "packed", [values.map(BigInt)]);
      assert.deepEqual(packed.map(toHex), elements);
      const total = values.reduce((sum, value) => sum + BigInt(value), 0n);
      assert.equal(await read("sum", [packed, values.length]), total);
    }
  });
});
