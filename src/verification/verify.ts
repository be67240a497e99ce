import type { Settlement, Statement } from "../protocol/statement.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import { challengesOf } from "./challenges.ts";
import { statementDifferences } from "./compare.ts";
import { equationHolds, readPoints } from "./equation.ts";
import { keyFailures, readKey } from "./key.ts";
import { rangeFailures, shapeFailures, tierOf, totalFailures } from "./values.ts";
import { type Failure, type Verdict, verdict } from "./verdict.ts";

/**
 * Whether a settlement's proof holds for what the settlement itself says, under a pinned key.
 * Says nothing about whether its statement is the one on the chain.
 *
 * @param settlement as parsed, every part of it from a prover that is not trusted
 * @param key from the manifest, never from the bundle
 */
export function verifyProof(settlement: Settlement, key: VerifyingKey): Verdict {
  const tier = tierOf(settlement);
  if (tier === undefined) {
    return verdict([{ code: "TRB_VERIFY_TIER", message: `there is no tier ${settlement.statement.tier}` }]);
  }
  const values = [...shapeFailures(settlement, tier), ...rangeFailures(settlement)];
  if (values.length > 0) return verdict(values);
  const points = readPoints(settlement);
  const keyPoints = readKey(key);
  const failures: Failure[] = [...totalFailures(settlement), ...(Array.isArray(points) ? points : [])];
  if ("code" in keyPoints) failures.push(keyPoints);
  else failures.push(...keyFailures(settlement, key));
  if (failures.length > 0 || Array.isArray(points) || "code" in keyPoints) return verdict(failures);
  if (equationHolds(settlement, tier, keyPoints, points, challengesOf(settlement))) return verdict([]);
  return verdict([{ code: "TRB_VERIFY_EQUATION", message: "the pairing equation does not hold" }]);
}

/**
 * Whether a settlement is what the reader expects, and proven.
 *
 * @param expected what the batch is, from the chain or from a file of the reader's own. Undefined fails with
 *   TRB_VERIFY_STATEMENT_UNCHECKED, whatever the proof: who only wants the proof checked calls `verifyProof`.
 */
export function verifySettlement(
  settlement: Settlement,
  expected: Statement | undefined,
  key: VerifyingKey,
): Verdict {
  const statement: Failure[] =
    expected === undefined
      ? [
          {
            code: "TRB_VERIFY_STATEMENT_UNCHECKED",
            message:
              "statement unchecked: nothing says which index, batch and pools this proof should be about",
          },
        ]
      : statementDifferences(expected, settlement.statement);
  return verdict([...statement, ...verifyProof(settlement, key).failures]);
}
