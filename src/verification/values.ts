import type { Hex } from "../core/hex.ts";
import { R } from "../crypto/field.ts";
import { PACK, POOL_BITS } from "../params/bits.ts";
import { TIERS, type Tier } from "../params/tiers.ts";
import type { Settlement } from "../protocol/statement.ts";
import type { Failure } from "./verdict.ts";

const below = (value: bigint, limit: bigint): boolean => value >= 0n && value < limit;
const isHex = (text: Hex, bytes: number): boolean =>
  /^0x[0-9a-fA-F]*$/.test(text) && text.length === 2 + 2 * bytes;
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** The tier that a settlement names, or undefined for a name that is none (also for one that Object has). */
export const tierOf = (settlement: Settlement): Tier | undefined =>
  Object.hasOwn(TIERS, settlement.statement.tier) ? TIERS[settlement.statement.tier] : undefined;

/** Lengths of the three lists against the tier and against each other. */
export function shapeFailures({ statement, claim }: Settlement, tier: Tier): Failure[] {
  const failures: Failure[] = [];
  const shape = (ok: boolean, message: string) => {
    if (!ok) failures.push({ code: "TRB_VERIFY_SHAPE", message });
  };
  const count = statement.pools.length;
  const n = statement.positions;
  shape(
    count >= 1 && count <= tier.traces,
    `a batch of this tier has 1 to ${tier.traces} payments, not ${count}`,
  );
  shape(statement.traces.length === count, `${count} pools, but ${statement.traces.length} traces`);
  shape(
    Number.isInteger(n) && n >= 1 && n <= tier.positions,
    `an index of this tier has 1 to ${tier.positions} positions, not ${n}`,
  );
  shape(claim.payouts.length === n, `${n} positions, but ${claim.payouts.length} payouts`);
  return failures;
}

/**
 * Every number against the range that its encoding and the circuit give it. A value ≥ r would
 * have a second representative with the same proof, and a packed value that is too wide would
 * give two lists one encoding.
 */
export function rangeFailures({ statement, claim, proof, keyDigest }: Settlement): Failure[] {
  const failures: Failure[] = [];
  const range = (ok: boolean, message: string) => {
    if (!ok) failures.push({ code: "TRB_VERIFY_RANGE", message });
  };
  const fieldElements = {
    indexId: statement.indexId,
    n0: statement.n0,
    h1: proof.h1,
    h2: proof.h2,
    y: proof.y,
  };
  for (const [name, value] of Object.entries(fieldElements)) {
    range(below(value, R), `${name} is not below the field order: ${value}`);
  }
  range(below(statement.chainId, 1n << 256n), `chainId does not fit a word: ${statement.chainId}`);
  range(
    isHex(statement.settlement, 20),
    `the settlement contract is not an address: ${statement.settlement}`,
  );
  range(isHex(claim.recipient, 20), `the recipient is not an address: ${claim.recipient}`);
  range(isHex(statement.batchKey, 32), `the batch key is not 32 bytes: ${statement.batchKey}`);
  range(isHex(keyDigest, 32), `the key digest is not 32 bytes: ${keyDigest}`);
  statement.traces.forEach((trace, q) => {
    range(below(trace, R) && trace !== 0n, `trace ${q} is not a commitment: ${trace}`);
  });
  statement.pools.forEach((pool, q) => {
    range(below(pool, 1n << BigInt(POOL_BITS)), `pool ${q} does not fit ${POOL_BITS} bits: ${pool}`);
  });
  claim.payouts.forEach((payout, c) => {
    range(below(payout, 1n << BigInt(PACK.amount.bits)), `payout ${c} does not fit its place: ${payout}`);
  });
  const total = sum(statement.pools);
  range(below(claim.unattributed, total + 1n), `unattributed is not within the pools: ${claim.unattributed}`);
  return failures;
}

/** Σ pay_c ≤ R: what the contract holds itself to as well, whatever a proof says. */
export function totalFailures({ statement, claim }: Settlement): Failure[] {
  const paid = sum(claim.payouts);
  const total = sum(statement.pools);
  if (paid <= total) return [];
  return [
    { code: "TRB_VERIFY_OVERPAID", message: `${paid} units are paid out of pools of ${total} units in all` },
  ];
}
