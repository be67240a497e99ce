/** What the benchmark measures: one line a model on a data set. */
import type { TierName } from "../../src/params/tiers.ts";
import { PART_NAMES, type PartName } from "../../src/pipeline/evaluate/types.ts";
import type { BenchData } from "./data.ts";

export interface Setting {
  /** Stands in the table and in the results. */
  readonly name: string;
  readonly data: BenchData;
  /** Training rows, at most. */
  readonly rows: number;
  readonly kind: "linear";
  readonly tier: TierName;
  /** λ of the model; where it is absent the product's own search. */
  readonly ridge?: number;
  readonly subsets: number;
  readonly queries: number;
  readonly leftOut: number;
  readonly parts: readonly PartName[];
}

const ALL = Number.POSITIVE_INFINITY;
const CONVEX = { kind: "linear", queries: 100, leftOut: 60, parts: PART_NAMES } as const;

/**
 * Text is measured on 3,000 rows at a fixed λ: at all rows and the λ that accuracy alone would choose, one retraining takes a
 * minute. One row left out of thousands would need a precision that takes too long there.
 */
const TEXT = {
  kind: "linear",
  rows: 3000,
  ridge: 1e-4,
  tier: "small",
  queries: 60,
  leftOut: 2,
  parts: PART_NAMES.filter((name) => name !== "loo"),
} as const;

export const SETTINGS: readonly Setting[] = [
  {
    ...CONVEX,
    name: "optdigits, softmax regression",
    data: "optdigits",
    rows: ALL,
    tier: "small",
    subsets: 100,
  },
  { ...TEXT, name: "banking77, softmax regression", data: "banking77", subsets: 24 },
  { ...TEXT, name: "clinc150, softmax regression", data: "clinc150", subsets: 24 },
];

/** Contributors that the rows are dealt to, label-skewed. */
export const CONTRIBUTORS = 100;
