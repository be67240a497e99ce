import assert from "node:assert/strict";
import { after, test } from "node:test";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { commitTrace } from "../../../src/commitment/trace.ts";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import type { Statement } from "../../../src/protocol/statement.ts";
import type { TraceRecord } from "../../../src/trace/types.ts";
import { checkBatch, checkScores } from "../../../src/witness/batch.ts";
import { noiseIndex, noiseTraces, statementOf } from "../../helpers/batch.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
after(close);
const hash = await loadHashChain();
const index = noiseIndex("mini", 12);
const traces = noiseTraces("mini", 3);
const statement = await statementOf(index, traces, srs, hash);

/** The batch with changes, its commitments computed again as the prover does. */
function check(change: { statement?: Partial<Statement>; traces?: TraceRecord[] }): void {
  const changed = change.traces ?? traces;
  checkBatch({
    statement: { ...statement, ...change.statement },
    traces: changed,
    commitments: changed.map((trace) => commitTrace(trace, hash)),
  });
}

const withTrace = (q: number, change: Partial<TraceRecord>): TraceRecord[] =>
  traces.with(q, { ...traces[q]!, ...change });

/** A batch of `count` payments, each with its trace. */
function beyond(count: number): Parameters<typeof check>[0] {
  const many = Array.from({ length: count }, (_, q) => ({
    ...traces[1]!,
    number: statement.n0 + BigInt(q),
  }));
  const pools = many.map(({ pool }) => pool);
  return {
    statement: { pools, traces: many.map((trace) => commitTrace(trace, hash)) },
    traces: many,
  };
}

test("accepts a full batch", () => check(beyond(4)));

test("accepts a batch that is not full", () => check({}));

const REFUSED: readonly [string, string, Parameters<typeof check>[0]][] = [
  ["no payments", "TRB_WITNESS_EMPTY_BATCH", { statement: { pools: [], traces: [] }, traces: [] }],
  [
    "more payments than the tier has",
    "TRB_WITNESS_BATCH_SIZE",
    { statement: { pools: new Array(5).fill(statement.pools[0]) } },
  ],
  ["a pool without its trace", "TRB_WITNESS_BATCH_SIZE", { statement: { traces: [] } }],
  ["a trace missing", "TRB_WITNESS_BATCH_SIZE", { traces: traces.slice(1) }],
  ["a pool of 2^48", "TRB_WITNESS_POOL_RANGE", { statement: { pools: statement.pools.with(1, 2n ** 48n) } }],
  [
    "a pool below 1000 units a position",
    "TRB_WITNESS_POOL_RANGE",
    { statement: { pools: statement.pools.with(2, 15_999n) } },
  ],
  ["no positions", "TRB_WITNESS_POSITIONS", { statement: { positions: 0 } }],
  ["more positions than the tier has", "TRB_WITNESS_POSITIONS", { statement: { positions: 17 } }],
  ["a full batch and one payment more", "TRB_WITNESS_BATCH_SIZE", beyond(5)],
  ["a negative index", "TRB_WITNESS_NUMBER", { statement: { indexId: -1n } }],
  ["an index that is no field element", "TRB_WITNESS_NUMBER", { statement: { indexId: R } }],
  ["a last slot whose number is no field element", "TRB_WITNESS_NUMBER", { statement: { n0: R - 3n } }],
  ["a negative first number", "TRB_WITNESS_NUMBER", { statement: { n0: -1n } }],
  ["a gap in the numbers", "TRB_WITNESS_NUMBER", { traces: withTrace(1, { number: 53n }) }],
  ["a trace of another index", "TRB_WITNESS_INDEX_ID", { traces: withTrace(0, { indexId: 4n }) }],
  ["another pool than was served for", "TRB_WITNESS_POOL_MISMATCH", { traces: withTrace(0, { pool: 1n }) }],
  ["a sketch that is too short", "TRB_WITNESS_SKETCH", { traces: withTrace(0, { u: new Int8Array(62) }) }],
  ["a sketch that was changed", "TRB_WITNESS_TRACE_MISMATCH", { traces: withTrace(1, { u: traces[2]!.u }) }],
  ["a blind that was changed", "TRB_WITNESS_TRACE_MISMATCH", { traces: withTrace(1, { blind: 1n }) }],
];

for (const [what, code, change] of REFUSED) {
  test(`refuses ${what} with ${code}`, () => {
    assert.throws(() => check(change), { code });
  });
}

test("refuses a sketch that is no list of signed bytes", () => {
  const u = Array.from(traces[1]!.u) as unknown as Int8Array;
  assert.throws(() => check({ traces: withTrace(1, { u }) }), { code: "TRB_WITNESS_SKETCH" });
});

function scored(rows: Int32Array[]) {
  const commitments = statement.traces;
  return { statement, traces, commitments, scores: rows, split: splitPools(rows, statement.pools) };
}

const rows = traces.map((trace) => scoreTrace(trace.u, index));

test("accepts the scores of the index", () => checkScores(scored(rows)));

for (const score of [2 ** 19, -(2 ** 19)]) {
  test(`refuses a score of ${score}, and takes the one below`, () => {
    const extreme = (value: number) => scored(rows.with(1, Int32Array.from(rows[1]!).fill(value, 0, 1)));
    assert.throws(() => checkScores(extreme(score)), { code: "TRB_WITNESS_SCORE_RANGE" });
    checkScores(extreme(score - Math.sign(score)));
  });
}

test("refuses a split that pays a position that nobody owns", () => {
  const unowned = rows.with(1, Int32Array.from(rows[1]!).fill(500, 12, 13));
  assert.throws(() => checkScores(scored(unowned)), { code: "TRB_WITNESS_UNASSIGNED" });
});
