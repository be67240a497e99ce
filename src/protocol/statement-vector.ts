import { TributaryError } from "../core/errors.ts";
import { R } from "../crypto/field.ts";
import { pack } from "../crypto/packing.ts";
import type { Tier } from "../params/tiers.ts";
import type { Claim, Statement } from "./statement.ts";

/** `values` with zeros behind it up to `length`; refuses a list that is longer. */
export function padded(values: readonly bigint[], length: number): bigint[] {
  if (values.length > length) {
    throw new TributaryError("TRB_CORE_RANGE", `${values.length} values where the tier has ${length} places`);
  }
  return [...values, ...new Array<bigint>(length - values.length).fill(0n)];
}

/** What of a statement and a claim is in D, apart from the two that the prover's hash makes. */
export type Stated = Pick<Statement, "indexId" | "n0" | "pools" | "traces"> &
  Pick<Claim, "payouts" | "unattributed">;

/**
 * D of docs/encodings.md, "Statement vector": what the circuit and the verifier must agree on.
 *
 * @param tier sizes Q and C; places past the batch's count and past n are 0
 * @param alpha the challenge that folds the rows
 * @param h1 the hash that binds the scores
 */
export function statementVector(tier: Tier, stated: Stated, alpha: bigint, h1: bigint): bigint[] {
  return [
    stated.indexId,
    stated.n0,
    alpha,
    h1,
    stated.unattributed,
    ...pack("amount", padded(stated.pools, tier.traces)),
    ...padded(stated.traces, tier.traces),
    ...pack("amount", padded(stated.payouts, tier.positions)),
  ];
}

/** Σ_i values_i·x^i in the scalar field: D(β), v(β). */
export function evaluate(values: readonly bigint[], x: bigint): bigint {
  let sum = 0n;
  for (let i = values.length - 1; i >= 0; i--) sum = (sum * x + values[i]!) % R;
  return sum;
}
