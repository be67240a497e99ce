import { splitPools } from "../../src/attribution/rewards.ts";
import { inverse, mod, pow, rootOfUnity } from "../../src/crypto/field.ts";
import type { HashChain } from "../../src/crypto/poseidon.ts";
import { PACK, type PackKind, SCORE_BIAS, SHIFT, U_BIAS } from "../../src/params/bits.ts";
import { HASH_TAG } from "../../src/params/tags.ts";

/** What Settlement(traces, positions, width) proves something about, with everything that is secret. */
export interface SettlementCase {
  readonly traces: number;
  readonly positions: number;
  readonly width: number;
  /** positions × (width + 1): the last column is the blinding one. */
  readonly phi: readonly (readonly bigint[])[];
  readonly indexId: bigint;
  readonly n0: bigint;
  /** One for each slot; an empty one has active 0. */
  readonly slots: readonly Slot[];
  readonly mask: readonly [bigint, bigint];
  readonly blind1: bigint;
  readonly blind2: bigint;
}

export interface Slot {
  readonly active: bigint;
  readonly io: bigint;
  readonly pool: bigint;
  readonly blind: bigint;
  readonly u: readonly bigint[];
}

/** The circuit's inputs by name. */
export interface SettlementInput {
  h2: bigint;
  beta: bigint;
  y: bigint;
  indexId: bigint;
  n0: bigint;
  alpha: bigint;
  h1: bigint;
  unattributed: bigint;
  io: readonly bigint[];
  pool: readonly bigint[];
  active: readonly bigint[];
  traceBlind: readonly bigint[];
  u: readonly (readonly bigint[])[];
  score: readonly (readonly bigint[])[];
  v: readonly bigint[];
  mask: readonly bigint[];
  blind1: bigint;
  blind2: bigint;
  rate: readonly bigint[];
  remainder: readonly bigint[];
  weightInverse: readonly bigint[];
  empty: readonly bigint[];
  pay: readonly bigint[];
  fraction: readonly bigint[];
}

/** What a forger replaces: inputs, and values on the way that an honest prover computes. What depends on them follows. */
export interface Forgery extends Partial<SettlementInput> {
  /** m_q, as far as h1 and t are concerned. */
  readonly commitments?: readonly bigint[];
  /** t_q. */
  readonly trace?: readonly bigint[];
  /** What the split is computed from, Q rows of C: else max(0, S). */
  readonly earning?: readonly (readonly bigint[])[];
  /** D. */
  readonly statement?: readonly bigint[];
  /** f_P(β) from β. */
  readonly payoutValue?: (beta: bigint) => bigint;
}

const BIAS: Readonly<Record<PackKind, number>> = { u: U_BIAS, score: SCORE_BIAS, amount: 0 };

/** `pack` without its range check: what the circuit's linear forms compute for any field elements. */
export function packForms(kind: PackKind, values: readonly bigint[]): bigint[] {
  const { perElement, bits } = PACK[kind];
  const elements: bigint[] = [];
  values.forEach((value, i) => {
    const place = (value + BigInt(BIAS[kind])) << BigInt((i % perElement) * bits);
    if (i % perElement === 0) elements.push(0n);
    elements.push(mod(elements.pop()! + place));
  });
  return elements;
}

const dot = (a: readonly bigint[], b: readonly bigint[]): bigint =>
  mod(a.reduce((sum, x, i) => sum + x * (b[i] ?? 0n), 0n));

const signed = (x: bigint): bigint => (mod(x) > mod(-x) ? -mod(-x) : mod(x));

/** Σ_i values_i·x^i. */
export const polynomial = (values: readonly bigint[], x: bigint): bigint =>
  mod(values.reduce((sum, value, i) => sum + value * pow(x, BigInt(i)), 0n));

/** Lagrange interpolation, term by term: f(x) for f(ω^c) = values[c]. */
export function interpolated(values: readonly bigint[], x: bigint): bigint {
  const omega = rootOfUnity(values.length);
  const roots = values.map((_, c) => pow(omega, BigInt(c)));
  return mod(
    values.reduce((sum, value, c) => {
      const others = roots.filter((_, i) => i !== c);
      const above = others.reduce((product, root) => mod(product * (x - root)), 1n);
      const below = others.reduce((product, root) => mod(product * (roots[c]! - root)), 1n);
      return sum + value * above * inverse(below);
    }, 0n),
  );
}

/** pay and fraction for given rates: Σ_q rate_q·earning_qc mod r, cut at 2^SHIFT. */
export function payoutsAt(
  rates: readonly bigint[],
  earning: readonly (readonly bigint[])[],
): Pick<SettlementInput, "pay" | "fraction"> {
  const sums = earning[0]!.map((_, c) =>
    mod(rates.reduce((sum, rate, q) => sum + rate * earning[q]![c]!, 0n)),
  );
  return {
    pay: sums.map((sum) => sum >> BigInt(SHIFT)),
    fraction: sums.map((sum) => sum & ((1n << BigInt(SHIFT)) - 1n)),
  };
}

/** m_q of every slot. */
export const commitmentsOf = (
  hash: HashChain,
  { indexId, n0, slots }: Pick<SettlementCase, "indexId" | "n0" | "slots">,
): bigint[] =>
  slots.map(({ io, pool, blind, u }, q) =>
    hash(HASH_TAG.trace, [indexId, io, n0 + BigInt(q), mod(pool), blind, ...packForms("u", u)]),
  );

/**
 * Every input of the circuit for a case, computed from docs/encodings.md without any of the prover's code.
 *
 * The challenges are drawn as hashes in the order of the transcript: alpha after h1, beta after h2.
 */
export function settlementInput(hash: HashChain, one: SettlementCase, forged: Forgery = {}): SettlementInput {
  const hashed = (tag: bigint, values: readonly bigint[]): bigint => hash(tag, values.map(mod));
  const { indexId, n0 } = { ...one, ...forged };
  const slots = one.slots.map((slot, q) => ({
    active: forged.active?.[q] ?? slot.active,
    io: forged.io?.[q] ?? slot.io,
    pool: forged.pool?.[q] ?? slot.pool,
    blind: forged.traceBlind?.[q] ?? slot.blind,
    u: forged.u?.[q] ?? slot.u,
  }));
  const pool = slots.map((slot) => slot.pool);
  const u = slots.map((slot) => slot.u);
  const commitments = forged.commitments ?? commitmentsOf(hash, { indexId, n0, slots });
  const trace = forged.trace ?? commitments.map((m, q) => mod(slots[q]!.active * m));
  const score = forged.score ?? u.map((row) => one.phi.map((entries) => signed(dot(row, entries))));

  const earning = forged.earning ?? score.map((row) => row.map((s) => (s > 0n ? s : 0n)));
  const split = splitPools(
    earning.map((row) => Int32Array.from(row, Number)),
    pool,
  );
  const weights = earning.map((row) => row.reduce((sum, s) => sum + s, 0n));
  const rate = forged.rate ?? split.traces.map((part) => part.rate);
  const remainder = forged.remainder ?? split.traces.map((part) => part.remainder);
  const empty = forged.empty ?? split.traces.map((part) => (part.empty ? 1n : 0n));
  const weightInverse = forged.weightInverse ?? weights.map((w) => (w === 0n ? 0n : inverse(w)));
  const paid =
    forged.rate === undefined
      ? { pay: split.payouts, fraction: split.fractions }
      : payoutsAt(forged.rate, earning);
  const pay = forged.pay ?? paid.pay;
  const fraction = forged.fraction ?? paid.fraction;
  const unattributed = forged.unattributed ?? split.unattributed;

  const { blind1, blind2, mask } = { ...one, ...forged };
  const h1 =
    forged.h1 ?? hashed(HASH_TAG.scores, [...packForms("score", score.flat()), ...commitments, blind1]);
  const alpha = forged.alpha ?? hashed(101n, [h1, ...pay]);
  const v =
    forged.v ??
    Array.from({ length: one.width + 1 }, (_, j) =>
      polynomial(
        one.phi.map((row) => row[j]!),
        alpha,
      ),
    );
  const h2 =
    forged.h2 ??
    hashed(HASH_TAG.fold, [
      h1,
      alpha,
      indexId,
      n0,
      unattributed,
      ...packForms("amount", pool),
      ...v,
      ...mask,
      blind2,
    ]);
  const beta = forged.beta ?? hashed(102n, [alpha, h2]);
  const rho = pow(beta, 2n ** 32n);
  const statement = forged.statement ?? [
    indexId,
    n0,
    alpha,
    h1,
    unattributed,
    ...packForms("amount", pool),
    ...trace,
    ...packForms("amount", pay),
  ];
  const payoutValue = forged.payoutValue ?? ((x: bigint) => interpolated(pay, x));
  const masked = (mask[0]! + mask[1]! * beta) * (pow(beta, BigInt(one.width + 1)) - alpha);
  const y =
    forged.y ??
    mod(polynomial(v, beta) - masked + rho * payoutValue(beta) + rho * rho * polynomial(statement, beta));

  return {
    ...{ h2, beta, y, indexId, n0, alpha, h1, unattributed, pool, u, score, v },
    io: slots.map((slot) => slot.io),
    active: slots.map((slot) => slot.active),
    traceBlind: slots.map((slot) => slot.blind),
    ...{ mask, blind1, blind2, rate, remainder, weightInverse, empty, pay, fraction },
  };
}
