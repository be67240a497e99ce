import { type Split, splitPools } from "../attribution/rewards.ts";
import { scoreTrace } from "../attribution/scores.ts";
import type { AttributionIndex } from "../attribution/types.ts";
import { indexPolynomial } from "../commitment/index-commitment.ts";
import { payoutPolynomial } from "../commitment/payouts.ts";
import { commitTrace } from "../commitment/trace.ts";
import { TributaryError } from "../core/errors.ts";
import { foldRows } from "../crypto/kzg/fold.ts";
import type { HashChain } from "../crypto/poseidon.ts";
import { randomScalar } from "../crypto/random-scalar.ts";
import { rowWidth, TIERS } from "../params/tiers.ts";
import type { SignalValues } from "../proof/backend.ts";
import type { Statement } from "../protocol/statement.ts";
import { statementVector } from "../protocol/statement-vector.ts";
import { rho } from "../protocol/transcript.ts";
import type { TraceRecord } from "../trace/types.ts";
import { circuitInput } from "../witness/circuit-input.ts";
import { evaluateAtBeta } from "../witness/evaluation.ts";
import { bindFold, bindScores } from "../witness/hashes.ts";
import { fillSlots, slotRecords } from "../witness/slots.ts";

/** What a batch's circuit is asked to accept: scores of each trace, and how they split the pools. */
export interface Values {
  readonly scores: readonly Int32Array[];
  readonly split: Split;
}

export interface CircuitBatch {
  readonly index: AttributionIndex;
  readonly traces: readonly TraceRecord[];
  /** What the integer reference says. */
  readonly values: Values;
}

export function circuitBatch(index: AttributionIndex, traces: readonly TraceRecord[]): CircuitBatch {
  const scores = traces.map(({ u }) => scoreTrace(u, index));
  const pools = traces.map(({ pool }) => pool);
  return { index, traces, values: { scores, split: splitPools(scores, pools) } };
}

const NOTHING = `0x${"0".repeat(64)}` as const;

/** Zeros where the circuit does not look: chain, contract and C_Φ reach it through the challenges. */
const statementOf = (index: AttributionIndex, traces: readonly TraceRecord[]): Statement => ({
  tier: index.tier,
  chainId: 0n,
  settlement: NOTHING,
  batchKey: NOTHING,
  indexId: traces[0]!.indexId,
  n0: traces[0]!.number,
  positions: index.assigned,
  indexCommitment: { x: 0n, y: 0n },
  pools: traces.map(({ pool }) => pool),
  traces: [],
});

/**
 * A circuit's input for some values. Whatever depends on them is computed from them: the hashes, the fold, both sides of the
 * opening. So a value that is refused is refused by its own constraint, not by a hash of another value.
 */
export function inputOf(
  { index, traces }: CircuitBatch,
  { scores, split }: Values,
  hash: HashChain,
): SignalValues {
  const tier = TIERS[index.tier];
  const about = statementOf(index, traces);
  const commitments = slotRecords({ statement: about, traces }).map((record) => commitTrace(record, hash));
  const statement = { ...about, traces: commitments.slice(0, traces.length) };
  const slots = fillSlots({ statement, traces, scores, split, commitments });

  // Challenges are a verifier's coins: drawn after what they check is fixed.
  const blind1 = randomScalar();
  const h1 = bindScores(hash, slots, blind1);
  const alpha = randomScalar();
  const { folded } = foldRows(indexPolynomial(index), rowWidth(tier), alpha);
  const mask = [randomScalar(), randomScalar()] as const;
  const blind2 = randomScalar();
  const { unattributed, payouts } = split;
  const h2 = bindFold(hash, { statement, slots, unattributed, alpha, h1, folded, mask, blind2 });
  const beta = randomScalar();
  const { y } = evaluateAtBeta({
    ...{ alpha, beta, rho: rho(beta), folded, mask },
    payoutPolynomial: payoutPolynomial(payouts, tier.positions),
    statementVector: statementVector(tier, { ...statement, payouts, unattributed }, alpha, h1),
  });
  return circuitInput({ statement, slots, split, folded, mask, blind1, blind2, alpha, h1, h2, beta, y });
}

/** Every value of the reference changed by one, one at a time, with what follows from it. */
export function* changedValues({ traces, values }: CircuitBatch): Generator<Values> {
  const { scores, split } = values;
  const pools = traces.map(({ pool }) => pool);
  // Up and down in turns: a score is compared with both sides of what it should be.
  let step = 1;
  for (const [q, row] of scores.entries()) {
    for (const [c, score] of row.entries()) {
      const changed = scores.with(q, row.with(c, score + step));
      step = -step;
      yield { scores: changed, split: splitPools(changed, pools) };
    }
  }
  for (const [c, pay] of split.payouts.entries()) {
    yield { scores, split: { ...split, payouts: split.payouts.with(c, pay + 1n) } };
  }
  yield { scores, split: { ...split, unattributed: split.unattributed + 1n } };
}

/** Whether a circuit has a witness for an input. Any other failure is thrown on. */
export async function accepts(witness: () => Promise<unknown>): Promise<boolean> {
  try {
    await witness();
    return true;
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_PROOF_WITNESS") return false;
    throw error;
  }
}
