import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeAbiParameters, keccak256 } from "viem";
import { g1, g2 } from "../../../src/crypto/codecs.ts";
import { R } from "../../../src/crypto/field.ts";
import { challenge, keccakWords } from "../../../src/crypto/words.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import type { Claim, Statement } from "../../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../../src/protocol/statement-vector.ts";
import * as transcript from "../../../src/protocol/transcript.ts";
import { decodeVerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { readVectors } from "../../helpers/vectors.ts";

const vectors = readVectors("transcript");
const { batch, alpha, join } = vectors;

const statement: Statement = {
  tier: "mini",
  chainId: BigInt(batch.chainId),
  settlement: alpha.settlement,
  batchKey: batch.key,
  indexId: BigInt(batch.indexId),
  n0: BigInt(batch.n0),
  positions: alpha.payouts.length,
  indexCommitment: g1.parse(alpha.indexCommitment),
  pools: batch.pools.map(BigInt),
  traces: batch.traces.map(BigInt),
};

const claim: Claim = {
  payouts: alpha.payouts.map(BigInt),
  payoutCommitment: g1.parse(alpha.payoutCommitment),
  unattributed: BigInt(alpha.unattributed),
  recipient: alpha.recipient,
};

const input = { statement, claim, keyDigest: vectors.key.digest, h1: BigInt(alpha.h1) };

test("keccakWords is keccak256 of Solidity's abi.encode", () => {
  const encoded = encodeAbiParameters(
    [{ type: "bytes32" }, { type: "uint256" }, { type: "address" }],
    [batch.key, 77n, alpha.settlement],
  );
  assert.equal(keccakWords([batch.key, 77n, alpha.settlement]), keccak256(encoded));
  assert.equal(challenge([batch.key, 77n, alpha.settlement]), BigInt(keccak256(encoded)) % R);
});

test("refuses a word of more than 256 bits, a negative one and text that is not hex", () => {
  for (const word of [2n ** 256n, -1n, `0x${"00".repeat(31)}1g`] as const) {
    assert.throws(() => keccakWords([word as bigint]), { code: "TRB_CORE_RANGE" });
  }
});

test("key digest, batch key and io give the committed vectors", () => {
  assert.equal(transcript.keyDigest(decodeVerifyingKey(vectors.key.verifyingKey)), vectors.key.digest);
  assert.equal(
    transcript.batchKey({
      ...statement,
      treasury: batch.treasury,
      index: {
        datanetId: BigInt(batch.index.datanetId),
        positions: batch.index.positions,
        selector: batch.index.selector,
        commitment: g1.parse(batch.index.commitment),
      },
      operator: batch.operator,
      deadline: BigInt(batch.deadline),
      place: BigInt(batch.place),
      proverShare: BigInt(batch.proverShare),
    }),
    batch.key,
  );
  const bytes = (hex: string) => Buffer.from(hex.slice(2), "hex");
  assert.equal(
    transcript.ioDigest(bytes(vectors.io.request), bytes(vectors.io.output)),
    BigInt(vectors.io.value),
  );
});

test("alpha, beta, rho and join give the committed vectors", () => {
  const a = transcript.alpha(input);
  assert.equal(a, BigInt(alpha.value));
  const b = transcript.beta({ alpha: a, cq: g1.parse(vectors.beta.cq), h2: BigInt(vectors.beta.h2) });
  assert.equal(b, BigInt(vectors.beta.value));
  assert.equal(transcript.rho(b), BigInt(vectors.rho));
  const proof = {
    y: BigInt(join.y),
    a: g1.parse(join.a),
    b: g2.parse(join.b),
    c: g1.parse(join.c),
    opening: g1.parse(join.opening),
  };
  assert.equal(transcript.join(b, proof), BigInt(join.value));
});

test("alpha changes with everything that it binds", () => {
  const point = g1.parse(vectors.beta.cq);
  const others = [
    { ...input, h1: input.h1 + 1n },
    { ...input, keyDigest: batch.key },
    { ...input, statement: { ...statement, chainId: 1n } },
    { ...input, statement: { ...statement, settlement: alpha.recipient } },
    { ...input, statement: { ...statement, batchKey: vectors.key.digest } },
    { ...input, statement: { ...statement, indexId: 8n } },
    { ...input, statement: { ...statement, n0: 41n } },
    { ...input, statement: { ...statement, positions: 6 } },
    { ...input, statement: { ...statement, pools: [1n] } },
    { ...input, statement: { ...statement, traces: statement.traces.toReversed() } },
    { ...input, claim: { ...claim, unattributed: 0n } },
    { ...input, statement: { ...statement, indexCommitment: point } },
    { ...input, claim: { ...claim, payoutCommitment: point } },
    { ...input, claim: { ...claim, recipient: alpha.settlement } },
    { ...input, claim: { ...claim, payouts: claim.payouts.with(0, 9n) } },
  ];
  const values = [input, ...others].map(transcript.alpha);
  assert.equal(new Set(values).size, values.length);
});

test("the statement vector gives the committed elements, padded to the tier", () => {
  const D = statementVector(TIERS.mini, { ...statement, ...claim }, BigInt(alpha.value), input.h1);
  assert.deepEqual(D, vectors.statementVector.elements.map(BigInt));
  assert.equal(D.length, 5 + 1 + 4 + 4);
  assert.equal(evaluate(D, BigInt(vectors.beta.value)), BigInt(vectors.statementVector.atBeta));
});

test("the statement vector refuses more payments than the tier has", () => {
  const stated = { ...statement, ...claim, pools: new Array<bigint>(5).fill(1n) };
  assert.throws(() => statementVector(TIERS.mini, stated, 1n, 1n), { code: "TRB_CORE_RANGE" });
});
