import { integersOf } from "../../attribution/build.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import type { AttributionIndex } from "../../attribution/types.ts";
import { loadHashChain } from "../../crypto/poseidon.ts";
import { randomScalar } from "../../crypto/random-scalar.ts";
import { wilson } from "../../numeric/statistics.ts";
import { MIN_POOL_UNITS_PER_POSITION, SCORE_BIAS } from "../../params/bits.ts";
import { TIERS } from "../../params/tiers.ts";
import { chooseBackend } from "../../proof/choose-backend.ts";
import { checkPinned, developmentKeys } from "../../proof/keys.ts";
import { readManifest } from "../../protocol/manifest.ts";
import type { TraceRecord } from "../../trace/types.ts";
import { accepts, type CircuitBatch, changedValues, circuitBatch, inputOf } from "../circuit-values.ts";
import type { Scoring } from "../scoring.ts";
import type { Setup } from "../setup.ts";
import type { Measured } from "../types.ts";

export interface CircuitResult {
  readonly traces: number;
  /** Scores, payouts and what is left over: so many values in all. */
  readonly values: number;
  /** The part of them at which the circuit has a witness for the reference's number, and none for that number changed by one. */
  readonly equal: Measured;
}

const TIER = TIERS.mini;
/** A witness takes a tenth of a second; a batch has 81 values. */
const MOST_BATCHES = 4;

/** Φ of the tier: the positions' sums added up with positions dealt to those of the tier in turns. */
function indexOf({ sums, width }: Scoring, assigned: number): AttributionIndex {
  const dealt = new Float64Array(TIER.positions * width);
  sums.forEach((x, at) => {
    dealt[at % dealt.length]! += x;
  });
  const { positions } = TIER;
  const { phi } = integersOf(dealt, width);
  const blindingSeed = new Uint8Array(32).fill(1);
  return { tier: TIER.name, phi, positions, width, assigned: Math.min(assigned, positions), blindingSeed };
}

/** Batches of the queries' traces, with pools that do not divide evenly. */
function batchesOf(scoring: Scoring, assigned: number): CircuitBatch[] {
  const index = indexOf(scoring, assigned);
  // Scaled for the scores of another Φ: one in which the contributors are not dealt.
  const fits = (u: Int8Array): boolean =>
    scoreTrace(u, index).every((score) => Math.abs(score) < SCORE_BIAS - 1);
  const traces = scoring.traces.filter(fits).slice(0, MOST_BATCHES * TIER.traces);
  const least = MIN_POOL_UNITS_PER_POSITION * BigInt(TIER.positions);
  const records = traces.map((u, q): TraceRecord => {
    const pool = least + BigInt(q) * 1_000_003n;
    return { indexId: 1n, io: randomScalar(), number: BigInt(q), fee: pool, pool, blind: randomScalar(), u };
  });
  return Array.from({ length: Math.ceil(records.length / TIER.traces) }, (_, b) =>
    circuitBatch(index, records.slice(b * TIER.traces, (b + 1) * TIER.traces)),
  );
}

/**
 * Whether the circuit says what the integer reference says about traces of the measured model: it must have a witness for the
 * reference's scores and payouts, and none for any of them changed by one. At the smallest tier, whose circuit is quick.
 *
 * @throws TRB_MANIFEST_*, TRB_PROOF_* where the circuit was not built (`make setup`)
 */
export async function circuit(setup: Setup): Promise<CircuitResult> {
  const { data, onProgress } = setup;
  const keys = developmentKeys(TIER.name, await readManifest());
  const { wasm, r1cs } = keys;
  for (const file of [wasm, r1cs]) if (file !== undefined) await checkPinned(file);
  const [backend, hash] = [chooseBackend(), await loadHashChain()];
  const batches = batchesOf(await setup.scoring(TIER.width), data.assigned);
  const judge = (batch: CircuitBatch, values: CircuitBatch["values"]): Promise<boolean> =>
    accepts(() => backend.witness(wasm.path, inputOf(batch, values, hash), { r1csPath: r1cs?.path }));
  let [values, equal] = [0, 0];
  for (const [b, batch] of batches.entries()) {
    onProgress({ stage: "witnesses of the circuit", done: b, total: batches.length });
    const accepted = await judge(batch, batch.values);
    for (const changed of changedValues(batch)) {
      values++;
      if (accepted && !(await judge(batch, changed))) equal++;
    }
  }
  const traces = batches.reduce((sum, batch) => sum + batch.traces.length, 0);
  return { traces, values, equal: { value: equal / values, overQueries: wilson(equal, values) } };
}
