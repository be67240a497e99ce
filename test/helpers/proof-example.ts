import type { AttributionIndex } from "../../src/attribution/types.ts";
import { commitIndex } from "../../src/commitment/index-commitment.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import type { Hex } from "../../src/core/hex.ts";
import type { Srs } from "../../src/crypto/kzg/srs.ts";
import type { HashChain } from "../../src/crypto/poseidon.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { TIERS } from "../../src/params/tiers.ts";
import type { Statement } from "../../src/protocol/statement.ts";
import type { TraceRecord } from "../../src/trace/types.ts";

const { traces: Q, positions: C, width: k } = TIERS.mini;
/** n: the last five of the sixteen positions are nobody's, and the last packed word of payouts has room for one of them. */
export const ASSIGNED = 11;
/** Φ and u are within ±this, so that a score is far below its bound. */
const SPREAD = 30;
const INDEX_ID = 3n;
const FIRST_NUMBER = 8n;
export const RECIPIENT: Hex = `0x${"ec".repeat(20)}`;

/** A batch with everything that its prover knows. */
export interface Example {
  readonly index: AttributionIndex;
  readonly traces: readonly TraceRecord[];
  readonly statement: Statement;
}

/** A mini index of random rows; those past the assigned positions are zero. @param seed also the blinding's */
export function exampleIndex(seed: number, assigned = ASSIGNED): AttributionIndex {
  const random = seededRandom(seed);
  const phi = new Int8Array(C * k);
  for (let i = 0; i < assigned * k; i++) phi[i] = random.integer(2 * SPREAD + 1) - SPREAD;
  const blindingSeed = Uint8Array.from({ length: 32 }, () => random.integer(256));
  return { tier: "mini", phi, positions: C, width: k, assigned, blindingSeed };
}

/** Four traces with pools of about 10^12 units, 1,000 OPEN. */
export function exampleTraces(seed: number, indexId = INDEX_ID): TraceRecord[] {
  const random = seededRandom(seed);
  return Array.from({ length: Q }, (_, q) => {
    const pool = 10n ** 12n + BigInt(random.integer(10 ** 9));
    return {
      indexId,
      io: BigInt(random.integer(2 ** 32)),
      number: FIRST_NUMBER + BigInt(q),
      fee: (pool * 5n) / 4n,
      pool,
      blind: BigInt(random.integer(2 ** 32)) ** 7n,
      u: Int8Array.from({ length: k }, () => random.integer(2 * SPREAD + 1) - SPREAD),
    };
  });
}

/** What the chain would say about a batch of these traces under this index. */
export async function exampleStatement(
  index: AttributionIndex,
  traces: readonly TraceRecord[],
  { srs, hash }: { readonly srs: Srs; readonly hash: HashChain },
): Promise<Statement> {
  return {
    tier: "mini",
    chainId: 31337n,
    settlement: `0x${"5e".repeat(20)}`,
    batchKey: `0x${"ba".repeat(32)}`,
    indexId: INDEX_ID,
    n0: FIRST_NUMBER,
    positions: index.assigned,
    indexCommitment: await commitIndex(index, srs),
    pools: traces.map(({ pool }) => pool),
    traces: traces.map((trace) => commitTrace(trace, hash)),
  };
}
