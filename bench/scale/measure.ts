import { existsSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { TIER_NAMES, TIERS, type TierName } from "../../src/params/tiers.ts";
import { artifactPaths } from "../../src/proof/keys.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import { startChain } from "../../test/helpers/chain.ts";
import { measureGas } from "../../test/helpers/gas.ts";
import { measureSettlements } from "../../test/helpers/settlement-gas.ts";
import { backendNames } from "./backends.ts";
import { naiveCost } from "./circuits.ts";
import type { BenchOptions, Question } from "./options.ts";
import { GROWTH, proveAt, type SizedProof } from "./questions/circuits-at-sizes.ts";
import { type DevelopmentKeys, measureKeys } from "./questions/development-keys.ts";
import { type EzklResult, measureEzkl } from "./questions/ezkl.ts";
import { measureProving } from "./questions/proving.ts";
import { measureSameWitness } from "./questions/same-witness.ts";
import type { NotMeasured, Results } from "./results.ts";

/** Above this the naive circuit's key (about a kilobyte for each constraint of the padded domain) does not fit. */
const NAIVE_LIMIT = 2 ** 20;

type Say = (line: string) => void;

const keyIsThere = (tier: TierName): boolean => existsSync(artifactPaths(tier).zkey);

async function naive(
  tiers: readonly TierName[],
  backend: string,
  runs: number,
  say: Say,
): Promise<Results["naive"]> {
  const results: Partial<Record<TierName, SizedProof | NotMeasured>> = {};
  for (const tier of tiers) {
    const constraints = naiveCost(TIERS[tier]);
    if (constraints > NAIVE_LIMIT) {
      results[tier] = { notMeasured: `${constraints} constraints by count: no key of that size fits` };
      continue;
    }
    say(`naive circuit, tier ${tier}`);
    results[tier] = await proveAt("naive", TIERS[tier], backend, runs);
  }
  return results;
}

async function ezkl(
  tiers: readonly TierName[],
  python: string | undefined,
  say: Say,
): Promise<Results["ezkl"]> {
  const results: Partial<Record<TierName, EzklResult | NotMeasured>> = {};
  for (const tier of tiers) {
    if (python === undefined) {
      results[tier] = { notMeasured: "no Python with the package ezkl was given (--ezkl)" };
      continue;
    }
    say(`EZKL, tier ${tier}`);
    results[tier] = await measureEzkl(python, TIERS[tier]).catch((cause: Error) => ({
      notMeasured: `EZKL failed: ${cause.message.trimEnd().split("\n").at(-1)?.slice(0, 120)}`,
    }));
  }
  return results;
}

/** Runs what the options ask for, one measurement after the other. */
export async function measureAll(options: BenchOptions, say: Say): Promise<Results> {
  const { runs, rapidsnark } = options;
  const asks = (question: Question): boolean => options.only.includes(question);
  const wanted = options.tiers ?? TIER_NAMES;
  const tiers = wanted.filter(keyIsThere);
  const missing = wanted
    .filter((tier) => !keyIsThere(tier))
    .map((tier) => `tier ${tier}: no key; make it with: tributary keys dev --tier ${tier}`);
  const backends = backendNames();
  if (!backends.includes("native")) missing.push("native prover: not built; build it with: make native");
  if (rapidsnark === undefined) missing.push("rapidsnark: no program was given (--rapidsnark)");
  const fastest = backends.at(-1)!;

  const proving: Results["proving"][number][] = [];
  const sameWitness: Results["sameWitness"][number][] = [];
  const keys: DevelopmentKeys[] = [];
  for (const tier of tiers) {
    for (const backend of asks("proving") ? backends : []) {
      say(`prove a batch, tier ${tier}, ${backend}`);
      proving.push(await measureProving(tier, backend, runs));
    }
    for (const backend of asks("keys") ? backends : []) {
      say(`development key, tier ${tier}, ${backend}`);
      keys.push(await measureKeys(tier, backend, runs));
    }
    if (!asks("same-witness")) continue;
    say(`same key and witness, tier ${tier}`);
    sameWitness.push(...(await measureSameWitness(tier, backends, runs, rapidsnark)));
  }
  const growth: Record<string, SizedProof[]> = {};
  for (const [axis, sizes] of asks("growth") ? Object.entries(GROWTH) : []) {
    growth[axis] = [];
    for (const size of sizes) {
      say(`growth in ${axis}: Q ${size.traces}, C ${size.positions}, k ${size.width}`);
      growth[axis].push(await proveAt("settlement", size, fastest, runs));
    }
  }
  const manifest = await readManifest();
  const constraints: Record<string, number> = {};
  for (const tier of TIER_NAMES) constraints[tier] = manifest.tiers[tier]?.constraints ?? 0;
  if (asks("gas")) say("gas");
  return {
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      threads: options.threads,
      memoryBytes: totalmem(),
    },
    date: new Date().toISOString().slice(0, 10),
    constraints,
    proving,
    sameWitness,
    keys,
    naive: asks("naive") ? await naive(wanted, fastest, runs, say) : {},
    growth,
    ezkl: asks("ezkl") ? await ezkl(wanted, options.ezkl, say) : {},
    gas: asks("gas") ? await measureGas(await startChain()) : {},
    settlements: asks("gas") ? await measureSettlements() : [],
    missing,
  };
}
