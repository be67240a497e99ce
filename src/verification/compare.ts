import type { G1 } from "../crypto/points.ts";
import type { Statement } from "../protocol/statement.ts";
import type { Failure } from "./verdict.ts";

const scalars = ["tier", "chainId", "settlement", "batchKey", "indexId", "n0", "positions"] as const;
const lists = ["pools", "traces"] as const;
const point = ({ x, y }: G1): string => `(${x}, ${y})`;
/** Addresses and digests are compared as bytes: a checksummed address is the same address. */
const text = (value: string | number | bigint): string => String(value).toLowerCase();

function difference(field: string, expected: string, seen: string): Failure {
  return {
    code: "TRB_VERIFY_STATEMENT",
    message: `${field} is ${seen} in the bundle, but ${expected} in the statement that was expected`,
  };
}

function listDifferences(field: string, expected: readonly bigint[], seen: readonly bigint[]): Failure[] {
  if (expected.length !== seen.length) {
    return [difference(`the number of ${field}`, String(expected.length), String(seen.length))];
  }
  return expected.flatMap((value, i) =>
    value === seen[i] ? [] : [difference(`${field}[${i}]`, String(value), String(seen[i]))],
  );
}

/**
 * Every field in which the statement of a bundle differs from the one that the reader expects (from
 * the chain, or from a file of their own), one failure for each.
 */
export function statementDifferences(expected: Statement, seen: Statement): Failure[] {
  return [
    ...scalars
      .filter((field) => text(expected[field]) !== text(seen[field]))
      .map((field) => difference(field, text(expected[field]), text(seen[field]))),
    ...(point(expected.indexCommitment) === point(seen.indexCommitment)
      ? []
      : [difference("indexCommitment", point(expected.indexCommitment), point(seen.indexCommitment))]),
    ...lists.flatMap((field) => listDifferences(field, expected[field], seen[field])),
  ];
}
