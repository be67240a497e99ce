import type { TierName } from "../../src/params/tiers.ts";
import type { SettlementGas } from "../../test/helpers/settlement-gas.ts";
import type { SizedProof } from "./questions/circuits-at-sizes.ts";
import type { DevelopmentKeys } from "./questions/development-keys.ts";
import type { EzklResult } from "./questions/ezkl.ts";
import type { Proving } from "./questions/proving.ts";
import type { SameWitness } from "./questions/same-witness.ts";

/** A measurement that was not made, and why. */
export interface NotMeasured {
  readonly notMeasured: string;
}

/** A tier's numbers, or why there are none. */
export type PerTier<T> = Readonly<Partial<Record<TierName, T | NotMeasured>>>;

/** Everything that one run has measured. */
export interface Results {
  readonly machine: { readonly cpu: string; readonly threads: number; readonly memoryBytes: number };
  readonly date: string;
  readonly constraints: Readonly<Record<string, number>>;
  readonly proving: readonly Proving[];
  readonly sameWitness: readonly SameWitness[];
  readonly keys: readonly DevelopmentKeys[];
  readonly naive: PerTier<SizedProof>;
  readonly growth: Readonly<Record<string, readonly SizedProof[]>>;
  readonly ezkl: PerTier<EzklResult>;
  readonly gas: Readonly<Record<string, number>>;
  /** Settlements of every tier, one batch and several in a transaction. */
  readonly settlements: readonly SettlementGas[];
  /** What was asked for and is not there, a sentence each. */
  readonly missing: readonly string[];
}

export const isMeasured = <T extends object>(value: T | NotMeasured | undefined): value is T =>
  value !== undefined && !("notMeasured" in value);
