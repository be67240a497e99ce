import type { RowGradient } from "../attribution/objective.ts";
import type { RidgeSearchRecord } from "../attribution/types.ts";
import type { MemberSource } from "../operations/training/member-sources.ts";
import type { TierName } from "../params/tiers.ts";
import type { AttacksResult } from "./parts/attacks.ts";
import type { BitsPoint } from "./parts/bits.ts";
import type { CircuitResult } from "./parts/circuit.ts";
import type { ExactResult } from "./parts/exact.ts";
import type { FidelityResult } from "./parts/fidelity.ts";
import type { LdsResult, LdsRowsResult } from "./parts/lds-rows.ts";
import type { LeftOutContributorsResult } from "./parts/leave-one-contributor-out.ts";
import type { LooResult } from "./parts/loo.ts";
import type { MethodComparison } from "./parts/methods.ts";
import type { MislabelResult } from "./parts/mislabel.ts";
import type { NullResult } from "./parts/null.ts";
import type { WidthPoint } from "./parts/widths.ts";
import type { PartName } from "./types.ts";

/** What each part found; a part that was not asked for is absent. */
export interface PartResults {
  readonly "lds-rows"?: LdsRowsResult;
  readonly "lds-contributors"?: LdsResult;
  readonly "leave-one-contributor-out"?: LeftOutContributorsResult;
  readonly loo?: LooResult;
  readonly mislabel?: MislabelResult;
  readonly null?: NullResult;
  readonly fidelity?: FidelityResult;
  readonly bits?: readonly BitsPoint[];
  readonly widths?: readonly WidthPoint[];
  readonly methods?: readonly MethodComparison[];
  readonly exact?: ExactResult;
  readonly attacks?: AttacksResult;
  readonly circuit?: CircuitResult;
}

/** One line of the gate table. */
export interface Gate {
  readonly id: string;
  /** What is measured, and of what. */
  readonly name: string;
  readonly limit: { readonly kind: "at least" | "at most"; readonly value: number };
  /** Null: not measured. */
  readonly value: number | null;
  /** 95 %, over the queries, the attackers, or the compared values. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Null: not measured. */
  readonly passed: boolean | null;
  /** Numbers of others on a like setting, with their source. */
  readonly published?: string;
}

export interface Evaluation {
  readonly data: {
    readonly name: string;
    readonly rows: number;
    readonly labels: number;
    readonly contributors: number;
    readonly heldOut: number;
    readonly queries: number;
    /** Rows that are taken for near another one, each with its first. Without copies among the rows they are honest ones. */
    readonly joined?: number;
    /** Requests whose served label has the probability 1 in float32. */
    readonly certain?: number;
  };
  readonly model: {
    readonly kind: string;
    readonly ridge: number;
    readonly accuracy: number;
    readonly members: number;
    /** What the further ones are; absent of a single model, and of results from before there was a choice. */
    readonly membersFrom?: MemberSource;
  };
  readonly attribution: {
    readonly method: string;
    /** Absent of results from before there was a choice: then it was "loss". */
    readonly gradient?: RowGradient;
    readonly tier: TierName;
    readonly width: number;
    /** Of λ, where it was searched for. */
    readonly search?: RidgeSearchRecord;
  };
  readonly options: {
    readonly seed: number;
    readonly subsets: number;
    readonly repeats: number;
    readonly leftOut: number;
  };
  readonly parts: PartResults;
  readonly gates: readonly Gate[];
  /** Wall time of each part; the first that needs retrained models pays for them. */
  readonly seconds: Partial<Record<PartName | "prepare", number>>;
}
