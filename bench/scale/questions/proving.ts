import type { TierName } from "../../../src/params/tiers.ts";
import { type Measured, measureInChild } from "../child.ts";
import type { ProveTask, ProveTimes } from "../prove-child.ts";
import { type Sample, sample } from "../statistics.ts";

/** A full batch of a tier, from traces to a checked proof, with one backend. */
export interface Proving {
  readonly tier: TierName;
  readonly backend: string;
  /** Milliseconds. */
  readonly total: Sample;
  readonly stages: Readonly<Record<string, number>>;
  readonly verify: Sample;
  readonly check: Sample;
  readonly plain: Sample;
  readonly proofBytes: number;
  readonly bundleBytes: number;
  readonly peakBytes: number;
}

/** The first run of a process warms caches and compilers; it is left out where there are others. */
const warm = (values: readonly number[]): Sample => sample(values.length > 1 ? values.slice(1) : values);

export async function measureProving(tier: TierName, backend: string, runs: number): Promise<Proving> {
  // A proof of tier large takes snarkjs minutes: one is enough to compare with.
  const once = tier === "large" && backend === "snarkjs";
  const task: ProveTask = { tier, backend, runs: once ? 1 : runs + 1 };
  const measured: Measured<ProveTimes> = await measureInChild("prove-child", task);
  const { stages, proofBytes, bundleBytes, peakBytes } = measured;
  return {
    ...{ tier, backend, stages, proofBytes, bundleBytes, peakBytes },
    total: warm(measured.total),
    verify: warm(measured.verify),
    check: warm(measured.check),
    plain: warm(measured.plain),
  };
}
