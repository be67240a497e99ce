import type { AttributionIndex } from "../../src/attribution/types.ts";
import { commitIndex } from "../../src/commitment/index-commitment.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import type { Hex } from "../../src/core/hex.ts";
import type { Srs } from "../../src/crypto/kzg/srs.ts";
import type { HashChain } from "../../src/crypto/poseidon.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Statement } from "../../src/protocol/statement.ts";
import { batchKey } from "../../src/protocol/transcript.ts";
import type { TraceRecord } from "../../src/trace/types.ts";

const SETTLEMENT: Hex = `0x${"5e".repeat(20)}`;
export const OPERATOR: Hex = `0x${"0b".repeat(20)}`;

/** An index of seeded noise; rows past `assigned` are zero. */
export function noiseIndex(tier: TierName, assigned: number, seed = 1): AttributionIndex {
  const { positions, width } = TIERS[tier];
  const random = seededRandom(seed);
  const phi = Int8Array.from({ length: positions * width }, (_, i) =>
    i < assigned * width ? random.integer(255) - 127 : 0,
  );
  return { tier, phi, positions, width, assigned, blindingSeed: new Uint8Array(32).fill(seed) };
}

/** Traces with small seeded sketches; the first has u = 0, so that its pool stays unattributed. */
export function noiseTraces(tier: TierName, count: number, seed = 2): TraceRecord[] {
  const { width, positions } = TIERS[tier];
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, q) => ({
    indexId: 3n,
    io: 1000n + BigInt(q),
    number: 50n + BigInt(q),
    fee: 10n ** 10n,
    pool: 2_000n * BigInt(positions) + BigInt(q) * 10n ** 9n,
    blind: 7n ** BigInt(q + 20),
    u: Int8Array.from({ length: width }, () => (q === 0 ? 0 : random.integer(41) - 20)),
  }));
}

/** The statement of a batch of these traces. */
export async function statementOf(
  index: AttributionIndex,
  traces: readonly TraceRecord[],
  srs: Srs,
  hash: HashChain,
): Promise<Statement> {
  const batch = {
    chainId: 31337n,
    indexId: 3n,
    n0: 50n,
    pools: traces.map((trace) => trace.pool),
    traces: traces.map((trace) => commitTrace(trace, hash)),
  };
  const commitment = await commitIndex(index, srs);
  return {
    ...batch,
    tier: index.tier,
    settlement: SETTLEMENT,
    batchKey: batchKey({
      ...batch,
      treasury: SETTLEMENT,
      index: { datanetId: 2n, positions: index.assigned, selector: "0x01020304", commitment },
      operator: OPERATOR,
      deadline: 2_000_000_000n,
      place: 0n,
      proverShare: 0n,
    }),
    positions: index.assigned,
    indexCommitment: commitment,
  };
}
