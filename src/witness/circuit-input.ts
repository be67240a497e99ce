import type { Split } from "../attribution/rewards.ts";
import type { Statement } from "../protocol/statement.ts";
import type { Slots } from "./slots.ts";

/** A signal's value, or an array of them, in circom's order. */
export type SignalValue = bigint | readonly SignalValue[];

export interface CircuitInputParts {
  readonly statement: Statement;
  readonly slots: Slots;
  readonly split: Split;
  readonly folded: readonly bigint[];
  readonly mask: readonly [bigint, bigint];
  readonly blind1: bigint;
  readonly blind2: bigint;
  readonly alpha: bigint;
  readonly h1: bigint;
  readonly h2: bigint;
  readonly beta: bigint;
  readonly y: bigint;
}

const rows = (values: readonly (Int8Array | Int32Array)[]): bigint[][] =>
  values.map((row) => Array.from(row, BigInt));

/**
 * The inputs of circuits/settlement/settlement.circom by their names there, in the order in which it declares them (native code
 * takes them in that order); negative integers stay negative.
 */
export const circuitInput = (parts: CircuitInputParts): Record<string, SignalValue> => ({
  h2: parts.h2,
  beta: parts.beta,
  y: parts.y,
  indexId: parts.statement.indexId,
  n0: parts.statement.n0,
  alpha: parts.alpha,
  h1: parts.h1,
  unattributed: parts.split.unattributed,
  io: parts.slots.io,
  pool: parts.slots.pools,
  active: parts.slots.active,
  traceBlind: parts.slots.traceBlinds,
  u: rows(parts.slots.sketches),
  score: rows(parts.slots.scores),
  v: parts.folded,
  mask: parts.mask,
  blind1: parts.blind1,
  blind2: parts.blind2,
  rate: parts.slots.rates,
  remainder: parts.slots.remainders,
  weightInverse: parts.slots.weightInverses,
  empty: parts.slots.empty,
  pay: parts.split.payouts,
  fraction: parts.split.fractions,
});
