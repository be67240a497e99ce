import { G1_GENERATOR, G2_GENERATOR } from "../../src/crypto/points.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Settlement } from "../../src/protocol/statement.ts";

/** A settlement that is well formed, full to the tier's sizes and proves nothing: for codecs. */
export function wellFormedSettlement(name: TierName): Settlement {
  const { traces, positions } = TIERS[name];
  return {
    keyDigest: `0x${"ab".repeat(32)}`,
    statement: {
      tier: name,
      chainId: 31337n,
      settlement: `0x${"5e".repeat(20)}`,
      batchKey: `0x${"ba".repeat(32)}`,
      indexId: 3n,
      n0: 1000n,
      positions,
      indexCommitment: G1_GENERATOR,
      pools: Array.from({ length: traces }, (_, q) => 2n ** 48n - 1n - BigInt(q)),
      traces: Array.from({ length: traces }, (_, q) => 12345n ** 17n + BigInt(q)),
    },
    claim: {
      payouts: Array.from({ length: positions }, (_, c) => BigInt(c) * 10n ** 9n),
      payoutCommitment: G1_GENERATOR,
      unattributed: 17n,
      recipient: `0x${"00".repeat(20)}`,
    },
    proof: {
      h1: 1n,
      h2: 2n,
      y: 3n,
      cq: G1_GENERATOR,
      opening: { x: 0n, y: 0n },
      a: G1_GENERATOR,
      b: G2_GENERATOR,
      c: G1_GENERATOR,
    },
  };
}
