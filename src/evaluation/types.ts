import type { Features } from "../datanet/types.ts";
import type { TrainingData } from "../model/training-data.ts";
import type { Activations, Base } from "../model/types.ts";
import type { Interval } from "../numeric/statistics.ts";
import type { MethodOptions } from "../operations/attribution/options.ts";
import type { SearchOptions } from "../operations/ridge-search/options.ts";
import type { MemberSource } from "../operations/training/member-sources.ts";
import type { TierName } from "../params/tiers.ts";

/** Rows that only measure. */
export interface LabelledRows {
  readonly features: readonly Features[];
  readonly activations: Activations;
  readonly labels: Uint32Array;
}

/** What an evaluation stands on: encoded once, the same for every part. */
export interface EvaluationData {
  readonly name: string;
  readonly base: Base;
  /** Of the training rows. */
  readonly features: readonly Features[];
  readonly training: TrainingData;
  /** The first row of each row's cluster of near-duplicates. */
  readonly duplicates: Uint32Array;
  /** Rows that share their cluster with another one. */
  readonly joined: number;
  /** The position of each training row. */
  readonly owners: Uint32Array;
  /** Positions that are taken. */
  readonly assigned: number;
  /** All held-out rows: what accuracy is measured on. */
  readonly heldOut: LabelledRows;
  /** The held-out rows that are asked as requests, drawn by the seed. */
  readonly queries: LabelledRows;
}

export const PART_NAMES = [
  "lds-rows",
  "lds-contributors",
  "leave-one-contributor-out",
  "loo",
  "mislabel",
  "null",
  "fidelity",
  "bits",
  "widths",
  "methods",
  "exact",
  "attacks",
  "circuit",
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Those that take long, need a built circuit, or compare with what nobody is paid by. */
const WHERE_ASKED: readonly PartName[] = ["methods", "exact", "attacks", "circuit"];

export const DEFAULT_PARTS = PART_NAMES.filter((name) => !WHERE_ASKED.includes(name));

export interface EvaluationOptions {
  readonly tier: TierName;
  readonly seed: number;
  readonly method: MethodOptions;
  /** How λ is to be searched for on the training rows, where it is. */
  readonly search?: SearchOptions | undefined;
  /** M: random halves that are retrained, of the rows and of the contributors each. */
  readonly subsets: number;
  /** Models of the ensemble that scores come from; 1: the served one only. */
  readonly members: number;
  /** What the further ones are; those of a trained model that are from another source are trained anew. */
  readonly membersFrom: MemberSource;
  /** Trainings with different seeds that an outcome is the mean of. */
  readonly repeats: number;
  /** Held-out rows that are asked. */
  readonly queries: number;
  /** Rows that are left out one at a time. */
  readonly leftOut: number;
  /** Contributors that are left out one at a time, at most; where undefined all of them, of a model that is not convex some. */
  readonly leftOutContributors?: number | undefined;
  readonly workers: number;
  /** Whether the rows are known to hold no copies: then one that is taken for near another is taken wrongly, and a gate counts it. */
  readonly noCopies?: boolean | undefined;
  readonly parts: readonly PartName[];
}

/** A number with what it could have been. */
export interface Measured {
  readonly value: number;
  /** 95 %, bootstrap over the test samples; over the attackers where attacks are measured. */
  readonly overQueries?: Interval;
  /** 95 %, bootstrap over the retrained subsets. */
  readonly overSubsets?: Interval;
}
