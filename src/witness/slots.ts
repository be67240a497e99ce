import { inverse } from "../crypto/field.ts";
import { TIERS } from "../params/tiers.ts";
import { padded } from "../protocol/statement-vector.ts";
import type { TraceRecord } from "../trace/types.ts";
import type { Batch, TracedBatch } from "./batch.ts";

/** A batch spread over the Q slots of its tier; slots past the count are empty (pool 0, u 0, t 0). */
export interface Slots {
  readonly io: readonly bigint[];
  readonly pools: readonly bigint[];
  /** e_q. */
  readonly active: readonly bigint[];
  readonly traceBlinds: readonly bigint[];
  /** Q × k. */
  readonly sketches: readonly Int8Array[];
  /** Q × C. */
  readonly scores: readonly Int32Array[];
  /** m_q: the trace hash of every slot, an empty one's too. */
  readonly commitments: readonly bigint[];
  /** a_q. */
  readonly rates: readonly bigint[];
  readonly remainders: readonly bigint[];
  /** 1/W_q in the scalar field, 0 where W_q = 0. */
  readonly weightInverses: readonly bigint[];
  /** z_q: 1 where W_q = 0, so also in every empty slot. */
  readonly empty: readonly bigint[];
}

const filled = <T>(values: readonly T[], length: number, filler: () => T): T[] => [
  ...values,
  ...Array.from({ length: length - values.length }, filler),
];

/**
 * The trace of every slot: the batch's own, then empty ones (io, pool, blind and u zero). h1 hashes the
 * commitments of all of them, because a u that were still free after α would forge scores.
 */
export function slotRecords({ statement, traces }: Pick<TracedBatch, "statement" | "traces">): TraceRecord[] {
  const { traces: Q, width: k } = TIERS[statement.tier];
  const empty = (q: number): TraceRecord => ({
    indexId: statement.indexId,
    io: 0n,
    number: statement.n0 + BigInt(q),
    fee: 0n,
    pool: 0n,
    blind: 0n,
    u: new Int8Array(k),
  });
  return Array.from({ length: Math.max(Q, traces.length) }, (_, q) => traces[q] ?? empty(q));
}

/** @param batch one that checkBatch and checkScores accept */
export function fillSlots({ statement, traces, scores, split, commitments }: Batch): Slots {
  const { traces: Q, positions: C, width: k } = TIERS[statement.tier];
  return {
    io: padded(
      traces.map((trace) => trace.io),
      Q,
    ),
    pools: padded(statement.pools, Q),
    active: padded(new Array<bigint>(traces.length).fill(1n), Q),
    traceBlinds: padded(
      traces.map((trace) => trace.blind),
      Q,
    ),
    sketches: filled(
      traces.map((trace) => trace.u),
      Q,
      () => new Int8Array(k),
    ),
    scores: filled(scores, Q, () => new Int32Array(C)),
    commitments,
    rates: padded(
      split.traces.map((trace) => trace.rate),
      Q,
    ),
    remainders: padded(
      split.traces.map((trace) => trace.remainder),
      Q,
    ),
    weightInverses: padded(
      split.traces.map((trace) => (trace.empty ? 0n : inverse(trace.weight))),
      Q,
    ),
    empty: filled(
      split.traces.map((trace) => (trace.empty ? 1n : 0n)),
      Q,
      () => 1n,
    ),
  };
}
