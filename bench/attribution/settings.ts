/** What the benchmark measures: one line a model on a data set. */

import { PART_NAMES, type PartName } from "../../src/evaluation/types.ts";
import type { MemberSource } from "../../src/operations/training/member-sources.ts";
import type { TierName } from "../../src/params/tiers.ts";
import type { BenchData } from "./data.ts";

export interface Setting {
  /** Stands in the table and in the results. */
  readonly name: string;
  readonly data: BenchData;
  /** Training rows, at most. */
  readonly rows: number;
  readonly kind: "linear" | "mlp" | "lora";
  readonly tier: TierName;
  /** λ of the model; where it is absent the product's own search. */
  readonly ridge?: number;
  readonly subsets: number;
  /** Models that scores come from; 1 where absent. */
  readonly members?: number;
  /** What the further ones are; seeds where absent. */
  readonly membersFrom?: MemberSource;
  /** Trainings that an outcome is the mean of; 1 where absent. */
  readonly repeats?: number;
  readonly queries: number;
  readonly leftOut: number;
  /** Contributors that the rows are dealt to; CONTRIBUTORS where absent. */
  readonly contributors?: number;
  /** Contributors that are left out one at a time, at most. */
  readonly leftOutContributors?: number;
  readonly parts: readonly PartName[];
  /** Whether it is known that no row is a copy of another. */
  readonly noCopies?: boolean;
  /** Settings of one name here that differ in λ alone are one curve. */
  readonly curve?: string;
}

const ALL = Number.POSITIVE_INFINITY;
const CONVEX = { noCopies: true, kind: "linear", queries: 100, leftOut: 60, parts: PART_NAMES } as const;

/** All parts but those. */
const without = (...names: readonly PartName[]): readonly PartName[] =>
  PART_NAMES.filter((name) => !names.includes(name));

/** An MLP's outcome depends on the seed of its training too: it is the mean of two. */
const MLP = {
  kind: "mlp",
  data: "optdigits",
  rows: ALL,
  tier: "large",
  ridge: 1e-4,
  subsets: 40,
  repeats: 2,
  queries: 100,
  leftOut: 2,
} as const;

/**
 * A base that knows five digits, adapted to ten. 1,500 rows, since a training goes through the base's whole network; its
 * outcome is the mean of two, as an MLP's.
 */
const LORA = {
  kind: "lora",
  data: "optdigits",
  rows: 1500,
  tier: "small",
  ridge: 1e-3,
  subsets: 24,
  repeats: 2,
  queries: 60,
  leftOut: 2,
} as const;

/**
 * Text is measured on 3,000 rows at a fixed λ: at all rows and the λ that accuracy alone would choose, one retraining takes a
 * minute. One row left out of thousands would need a precision that takes too long there, and so would a model for each attacker.
 */
const TEXT = {
  kind: "linear",
  rows: 3000,
  ridge: 1e-4,
  tier: "small",
  queries: 60,
  leftOut: 2,
  leftOutContributors: 12,
  parts: without("loo", "widths", "methods", "attacks"),
} as const;

/** Contributors of very different size, and few: what a single one's absence does is what is asked. */
const UNEVEN = {
  noCopies: true,
  kind: "linear",
  data: "optdigits-uneven",
  rows: 1500,
  contributors: 40,
  tier: "small",
  subsets: 50,
  queries: 60,
  leftOut: 2,
  parts: ["leave-one-contributor-out", "lds-contributors", "fidelity", "methods", "exact"],
} as const;

/** Few rows of people, or of digits, of contributors of at most a hundred: what many a federation looks like. */
const SMALL = { ...UNEVEN, subsets: 50, ridge: 1e-3 } as const;

/**
 * Of models whose training is noisy. A hundredth of the rows does less than the noise does: two sets of retrainings of a LoRA
 * without one of a hundred contributors agreed by 0.04. So there are few contributors, and several trainings of each.
 */
const NOISY = {
  ...UNEVEN,
  contributors: 12,
  ridge: 1e-3,
  repeats: 3,
  queries: 60,
  parts: ["leave-one-contributor-out", "fidelity", "methods"],
} as const;

const LDS_CURVE = "banking77, 3,000 rows of 60 contributors: LDS against accuracy over λ";

/** How much of the accuracy a λ costs that makes answers depend on many rows instead of few. */
const CURVE = {
  ...TEXT,
  data: "banking77",
  contributors: 60,
  subsets: 16,
  queries: 40,
  parts: ["lds-contributors"],
  curve: LDS_CURVE,
} as const;

export const SETTINGS: readonly Setting[] = [
  { ...UNEVEN, name: "optdigits, contributors of very different size, λ 1e-3", ridge: 1e-3 },
  { ...UNEVEN, name: "optdigits, contributors of very different size, λ 1e-4", ridge: 1e-4 },
  {
    ...SMALL,
    name: "breast cancer of scikit-learn, softmax regression",
    data: "breast-cancer",
    rows: 500,
    contributors: 13,
  },
  {
    ...SMALL,
    name: "handwritten digits of scikit-learn, softmax regression",
    data: "digits",
    rows: 600,
    contributors: 30,
  },
  {
    ...CONVEX,
    name: "optdigits, softmax regression",
    data: "optdigits",
    rows: ALL,
    tier: "small",
    ridge: 1e-4,
    subsets: 100,
  },
  {
    ...CONVEX,
    name: "optdigits, softmax regression, tier large",
    data: "optdigits",
    rows: ALL,
    tier: "large",
    ridge: 1e-4,
    subsets: 100,
    parts: without("widths", "methods", "attacks"),
  },
  {
    ...MLP,
    name: "optdigits, MLP, one model",
    parts: without("loo", "leave-one-contributor-out", "methods", "widths", "exact"),
  },
  {
    ...MLP,
    name: "optdigits, MLP, ten models",
    members: 10,
    parts: ["lds-rows", "lds-contributors", "fidelity"],
  },
  {
    ...LORA,
    name: "optdigits, LoRA",
    parts: without("loo", "leave-one-contributor-out", "methods", "widths", "exact", "attacks"),
  },
  {
    ...LORA,
    name: "optdigits, LoRA, five models, four of them of halves",
    members: 5,
    membersFrom: "halves",
    parts: ["lds-rows", "lds-contributors", "fidelity"],
  },
  { ...NOISY, kind: "mlp", name: "optdigits, MLP, twelve contributors left out" },
  { ...NOISY, kind: "lora", name: "optdigits, LoRA, twelve contributors left out" },
  { ...TEXT, name: "banking77, softmax regression", data: "banking77", subsets: 24 },
  {
    ...TEXT,
    name: "clinc150, softmax regression",
    data: "clinc150",
    subsets: 24,
    // Exact influence in 1.2 million parameters takes a quarter of an hour.
    parts: ["leave-one-contributor-out", "lds-contributors", "fidelity", "circuit"],
  },
  ...[1e-4, 3e-4, 1e-3, 3e-3].map((ridge) => ({
    ...CURVE,
    name: `banking77, curve at λ ${ridge}`,
    ridge,
  })),
];

/** Contributors that the rows are dealt to, label-skewed. */
export const CONTRIBUTORS = 100;
