import type { Split } from "../attribution/rewards.ts";
import { TributaryError } from "../core/errors.ts";
import { R } from "../crypto/field.ts";
import { MIN_POOL_UNITS_PER_POSITION, POOL_BITS, SCORE_BIAS } from "../params/bits.ts";
import { TIERS } from "../params/tiers.ts";
import type { Statement } from "../protocol/statement.ts";
import type { TraceRecord } from "../trace/types.ts";

/** What the chain says about a batch, and the traces behind it. */
export interface TracedBatch {
  readonly statement: Statement;
  /** One for each payment of the statement, in its order. */
  readonly traces: readonly TraceRecord[];
  /** m_q of every slot, computed from slotRecords: t_q where slot q is a payment. */
  readonly commitments: readonly bigint[];
}

/** A batch with everything about it that does not depend on a challenge. */
export interface Batch extends TracedBatch {
  /** S_q: C scores for each trace. */
  readonly scores: readonly Int32Array[];
  /** Of the scores and the statement's pools. */
  readonly split: Split;
}

function refuse(cause: string, message: string, details: string, hint?: string): never {
  throw new TributaryError(`TRB_WITNESS_${cause}`, message, {
    details,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The statement against its tier: it could not be proven, or would be refused by the contract. */
function checkStatement({ tier, pools, traces, positions, indexId, n0 }: Statement): void {
  const { traces: Q, positions: C } = TIERS[tier];
  if (pools.length === 0) refuse("EMPTY_BATCH", "a batch has at least one payment", "0 payments");
  if (pools.length > Q) {
    refuse("BATCH_SIZE", `tier ${tier} takes at most ${Q} payments`, `${pools.length} payments`);
  }
  if (traces.length !== pools.length) {
    refuse("BATCH_SIZE", "one trace for each pool", `${pools.length} pools, ${traces.length} traces`);
  }
  if (!(positions >= 1 && positions <= C)) {
    refuse("POSITIONS", `tier ${tier} has ${C} positions`, `${positions} positions`);
  }
  if (indexId < 0n || indexId >= R || n0 < 0n || n0 + BigInt(Q) > R) {
    refuse("NUMBER", "an id or a number is not a field element", `indexId ${indexId}, n0 ${n0}`);
  }
  const least = MIN_POOL_UNITS_PER_POSITION * BigInt(C);
  pools.forEach((pool, q) => {
    if (pool < least || pool >= 1n << BigInt(POOL_BITS)) {
      refuse(
        "POOL_RANGE",
        `a pool is at least ${least} units and below 2^${POOL_BITS}`,
        `payment ${q}: ${pool}`,
      );
    }
  });
}

function checkTrace({ statement, traces, commitments }: TracedBatch, q: number): void {
  const trace = traces[q]!;
  const { width } = TIERS[statement.tier];
  const number = statement.n0 + BigInt(q);
  if (trace.indexId !== statement.indexId) {
    refuse(
      "INDEX_ID",
      "a trace belongs to another index",
      `trace ${q}: index ${trace.indexId}, the batch's is ${statement.indexId}`,
    );
  }
  if (trace.number !== number) {
    refuse("NUMBER", "the traces' numbers are not consecutive", `trace ${q}: ${trace.number}, not ${number}`);
  }
  if (trace.pool !== statement.pools[q]) {
    refuse(
      "POOL_MISMATCH",
      "a trace's pool is not the batch's",
      `trace ${q}: ${trace.pool}, the batch's is ${statement.pools[q]}`,
    );
  }
  if (!(trace.u instanceof Int8Array) || trace.u.length !== width) {
    refuse("SKETCH", `a sketch of tier ${statement.tier} is ${width} signed bytes`, `trace ${q}`);
  }
  if (commitments[q] !== statement.traces[q]) {
    refuse(
      "TRACE_MISMATCH",
      "a trace is not the one that was committed to",
      `trace ${q}: t is ${commitments[q]}, the batch's is ${statement.traces[q]}`,
      "The trace file was changed, or belongs to another batch.",
    );
  }
}

/**
 * Refuses a batch that has no proof, saying why: a circuit would only say that a constraint failed.
 *
 * @throws TRB_WITNESS_EMPTY_BATCH, _BATCH_SIZE, _POSITIONS, _POOL_RANGE of the statement;
 * TRB_WITNESS_INDEX_ID, _NUMBER, _POOL_MISMATCH, _SKETCH, _TRACE_MISMATCH of a trace
 */
export function checkBatch(batch: TracedBatch): void {
  const { statement, traces } = batch;
  checkStatement(statement);
  if (traces.length !== statement.pools.length) {
    refuse(
      "BATCH_SIZE",
      "the batch has another number of payments than there are traces",
      `${statement.pools.length} payments, ${traces.length} traces`,
    );
  }
  traces.forEach((_, q) => {
    checkTrace(batch, q);
  });
}

/**
 * Refuses scores that the circuit has no room for, or that would pay nobody.
 *
 * @throws TRB_WITNESS_SCORE_RANGE for |S| ≥ 2^19; TRB_WITNESS_UNASSIGNED where a position that nobody owns would earn
 */
export function checkScores({ statement, scores, split }: Batch): void {
  scores.forEach((row, q) => {
    const extreme = row.findIndex((score) => Math.abs(score) >= SCORE_BIAS);
    if (extreme >= 0) {
      refuse(
        "SCORE_RANGE",
        `a score is not below ${SCORE_BIAS} in magnitude`,
        `trace ${q}, position ${extreme}: ${row[extreme]}`,
        "The sketch's scale is too large for this index; a trace is scaled so that every score fits.",
      );
    }
  });
  const unowned = split.payouts.findIndex((pay, c) => c >= statement.positions && pay !== 0n);
  if (unowned >= 0) {
    refuse(
      "UNASSIGNED",
      "a position that nobody owns would earn",
      `position ${unowned} of ${statement.positions}`,
      "The rows of an index past its assigned positions are zero; this index is not the registered one.",
    );
  }
}
