import type { TierName } from "../../../src/params/tiers.ts";
import type { BackendName } from "../../../src/proof/backend.ts";
import { measureInChild } from "../child.ts";
import type { KeysTask, KeysTimes } from "../keys-child.ts";
import { type Sample, sample } from "../statistics.ts";

/** A development key and its powers of tau, made from the circuit's constraints; milliseconds. */
export interface DevelopmentKeys {
  readonly tier: TierName;
  readonly backend: BackendName;
  readonly key: Sample;
  readonly powers: Sample;
  readonly peakBytes: number;
}

/** Each run is a process of its own, as whoever sets a machine up has it. */
export async function measureKeys(
  tier: TierName,
  backend: BackendName,
  runs: number,
): Promise<DevelopmentKeys> {
  const task: KeysTask = { tier, backend };
  const times: (KeysTimes & { readonly peakBytes: number })[] = [];
  for (let run = 0; run < (tier === "large" ? 1 : runs); run++) {
    times.push(await measureInChild<KeysTimes>("keys-child", task));
  }
  return {
    ...{ tier, backend },
    key: sample(times.map(({ key }) => key)),
    powers: sample(times.map(({ powers }) => powers)),
    peakBytes: Math.max(...times.map(({ peakBytes }) => peakBytes)),
  };
}
