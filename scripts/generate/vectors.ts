import { bn254 } from "@noble/curves/bn254.js";
import { writeG1, writeG2 } from "../../src/crypto/codecs.ts";
import { pack } from "../../src/crypto/packing.ts";
import type { G1, G2 } from "../../src/crypto/points.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { toHex } from "../../src/crypto/words.ts";
import type { PackKind } from "../../src/params/bits.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import { HASH_TAG } from "../../src/params/tags.ts";
import { TIERS } from "../../src/params/tiers.ts";
import type { Claim, Proof, Statement } from "../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../src/protocol/statement-vector.ts";
import * as transcript from "../../src/protocol/transcript.ts";
import { encodeVerifyingKey, type VerifyingKey } from "../../src/protocol/verifying-key.ts";

const g1 = (k: bigint): G1 => bn254.G1.Point.BASE.multiply(k).toAffine();

function g2(k: bigint): G2 {
  const { x, y } = bn254.G2.Point.BASE.multiply(k).toAffine();
  return { x: [x.c0, x.c1], y: [y.c0, y.c1] };
}

const KEY: VerifyingKey = {
  tier: "mini",
  alpha: g1(2n),
  beta: g2(3n),
  delta: g2(4n),
  tau: g2(5n),
  ic: [6n, 7n, 8n, 9n].map(g1),
};

/** Three payments and five positions at the mini tier: one place is left over in every packed list. */
const BATCH: transcript.BatchKeyInput = {
  chainId: 31337n,
  treasury: "0x00000000000000000000000000000000000e5c01",
  indexId: 7n,
  index: { datanetId: 3n, positions: 5, selector: "0x01020304", commitment: g1(11n) },
  n0: 40n,
  operator: "0x0000000000000000000000000000000000000b0b",
  deadline: 1_800_000_000n,
  place: 9n,
  proverShare: 77_000n,
  pools: [16_000n, 2n ** 48n - 1n, 123_456_789n],
  traces: [11n, 22n, 33n].map((n) => n ** 40n),
};

const STATEMENT: Statement = {
  tier: "mini",
  chainId: BATCH.chainId,
  settlement: "0x000000000000000000000000000000000005e771",
  batchKey: transcript.batchKey(BATCH),
  indexId: BATCH.indexId,
  n0: BATCH.n0,
  positions: BATCH.index.positions,
  indexCommitment: BATCH.index.commitment,
  pools: BATCH.pools,
  traces: BATCH.traces,
};

const CLAIM: Claim = {
  payouts: [1n, 2n, 2n ** 49n, 0n, 5n],
  payoutCommitment: g1(12n),
  unattributed: 16_000n,
  recipient: "0x0000000000000000000000000000000000000fee",
};

const PROOF: Proof = {
  h1: 101n ** 30n,
  h2: 103n ** 30n,
  y: 107n ** 30n,
  cq: g1(13n),
  opening: g1(14n),
  a: g1(15n),
  b: g2(16n),
  c: g1(17n),
};

const PACKED: readonly [PackKind, readonly (number | bigint)[]][] = [
  ["u", Array.from({ length: 63 }, (_, i) => ((i * 37) % 256) - 128)],
  ["score", Array.from({ length: 25 }, (_, i) => i * 43_000 - 524_287)],
  ["amount", [2n ** 56n - 1n, 0n, 1n, 2n ** 48n, 5n]],
];

const hex = (text: string) => `0x${Buffer.from(text).toString("hex")}`;

function transcriptVectors(): object {
  const keyDigest = transcript.keyDigest(KEY);
  const alpha = transcript.alpha({ statement: STATEMENT, claim: CLAIM, keyDigest, h1: PROOF.h1 });
  const beta = transcript.beta({ alpha, cq: PROOF.cq, h2: PROOF.h2 });
  const D = statementVector(TIERS.mini, { ...STATEMENT, ...CLAIM }, alpha, PROOF.h1);
  return {
    paramsDigest: paramsDigest(),
    key: { verifyingKey: encodeVerifyingKey(KEY), digest: keyDigest },
    batch: {
      ...BATCH,
      chainId: `${BATCH.chainId}`,
      indexId: `${BATCH.indexId}`,
      index: {
        ...BATCH.index,
        datanetId: `${BATCH.index.datanetId}`,
        commitment: writeG1(BATCH.index.commitment),
      },
      n0: `${BATCH.n0}`,
      deadline: `${BATCH.deadline}`,
      place: `${BATCH.place}`,
      proverShare: `${BATCH.proverShare}`,
      pools: BATCH.pools.map(String),
      traces: BATCH.traces.map(toHex),
      key: STATEMENT.batchKey,
    },
    alpha: {
      settlement: STATEMENT.settlement,
      indexCommitment: writeG1(STATEMENT.indexCommitment),
      payoutCommitment: writeG1(CLAIM.payoutCommitment),
      payouts: CLAIM.payouts.map(String),
      unattributed: `${CLAIM.unattributed}`,
      recipient: CLAIM.recipient,
      h1: toHex(PROOF.h1),
      value: toHex(alpha),
    },
    beta: { cq: writeG1(PROOF.cq), h2: toHex(PROOF.h2), value: toHex(beta) },
    rho: toHex(transcript.rho(beta)),
    join: {
      y: toHex(PROOF.y),
      a: writeG1(PROOF.a),
      b: writeG2(PROOF.b),
      c: writeG1(PROOF.c),
      opening: writeG1(PROOF.opening),
      value: toHex(transcript.join(beta, PROOF)),
    },
    io: {
      request: hex("what is it?"),
      output: hex("seven"),
      value: toHex(transcript.ioDigest(Buffer.from("what is it?"), Buffer.from("seven"))),
    },
    statementVector: { elements: D.map(toHex), atBeta: toHex(evaluate(D, beta)) },
  };
}

const packingVectors = (): object =>
  PACKED.map(([kind, values]) => ({
    kind,
    values: values.map(String),
    elements: pack(kind, values).map(toHex),
  }));

async function hashChainVectors(): Promise<object> {
  const hash = await loadHashChain();
  return [1, 16, 17, 40].flatMap((length) =>
    Object.entries(HASH_TAG).map(([tag, value]) => {
      const inputs = Array.from({ length }, (_, i) => BigInt(i * i + 1));
      return { tag, inputs: inputs.map(String), hash: toHex(hash(value, inputs)) };
    }),
  );
}

const text = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * The test vectors that every implementation of the encodings is held to: TypeScript, Solidity,
 * circuits and the verifier.
 *
 * @returns path from the repository's root → contents
 */
export async function generate(): Promise<Map<string, string>> {
  return new Map([
    ["test/vectors/transcript.json", text(transcriptVectors())],
    ["test/vectors/packing.json", text(packingVectors())],
    ["test/vectors/hash-chain.json", text(await hashChainVectors())],
  ]);
}
