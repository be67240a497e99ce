import type { Report } from "./schema.ts";
import { sumUnits } from "./units.ts";

/** Two figures that must be the same number of units. */
export interface BalanceCheck {
  readonly check: string;
  readonly left: bigint;
  readonly right: bigint;
  readonly equal: boolean;
}

const sum = (amounts: readonly string[]): bigint => sumUnits(amounts.map(BigInt));

/**
 * The sums, done again from the report's own lines when the page is made; then what the run compared with the
 * chain. The page says "balances" only where every one of them is equal.
 */
export function balanceChecks(report: Report): readonly BalanceCheck[] {
  const { totals, batches, contributors, inferences } = report;
  const check = (text: string, left: bigint, right: bigint): BalanceCheck => ({
    check: text,
    left,
    right,
    equal: left === right,
  });
  const shares = [totals.platform, totals.modelOwner, totals.stakers, totals.prover, totals.pools];
  const outcome = [totals.paid, totals.unattributed, totals.dust];
  return [
    check(
      "Fees of all answers = fees of all batches",
      sum(inferences.map((i) => i.fee)),
      BigInt(totals.fees),
    ),
    check("Fees = operating shares + contributors’ pools", BigInt(totals.fees), sum(shares)),
    check(
      "Pools of all answers = pools of all batches",
      sum(inferences.map((i) => i.pool)),
      BigInt(totals.pools),
    ),
    check("Pools = paid + unattributed + rounding", BigInt(totals.pools), sum(outcome)),
    check("Paid by batch = paid in all", sum(batches.map((batch) => batch.paid)), BigInt(totals.paid)),
    check("Paid by contributor = paid in all", sum(contributors.map((c) => c.total)), BigInt(totals.paid)),
    check(
      "Paid by batch and contributor = paid in all",
      sum(contributors.flatMap((c) => c.paid)),
      BigInt(totals.paid),
    ),
    check(
      "Claimed by contributor = claimed in all",
      sum(contributors.map((c) => c.claimed)),
      BigInt(totals.claimed),
    ),
    check("Paid = claimed + unclaimed", BigInt(totals.paid), sum([totals.claimed, totals.unclaimed])),
    ...totals.balances.map((b) => check(b.check, BigInt(b.left), BigInt(b.right))),
  ];
}
