import { readFile, writeFile } from "node:fs/promises";
import { TIER_NAMES } from "../../src/params/tiers.ts";
import type { GasByFork } from "../../test/helpers/gas.ts";
import type { SettlementGas } from "../../test/helpers/settlement-gas.ts";
import type { Results } from "./results.ts";

const BENCH = new URL("../", import.meta.url);

/** Constraints, which must be the same (as gas, in files of its own), and times of the machine that wrote this, which are told and never checked. */
interface Baseline {
  readonly constraints: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly times: Readonly<Record<string, number>>;
}

const readJson = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(name, BENCH), "utf8"));

/** Writes constraints and times to bench/baseline.json; `node bench/gas.ts` writes the gas. */
export async function writeBaseline({ constraints, proving }: Results): Promise<void> {
  const old = await readJson<Baseline>("baseline.json").catch(() => ({ times: {} }));
  const times = Object.fromEntries(
    proving.map(({ tier, backend, total }) => [`${tier}, ${backend}`, Math.round(total.median)]),
  );
  const next: Baseline = { constraints, times: { ...old.times, ...times } };
  await writeFile(new URL("baseline.json", BENCH), `${JSON.stringify(next, null, 2)}\n`);
}

/** Numbers by name; settlements by tier and batches. */
const settlementGas = (settlements: readonly SettlementGas[]): Record<string, number> =>
  Object.fromEntries(
    settlements.map(({ tier, batches, gas }) => [`settle, ${tier}, ${batches} at once`, gas]),
  );

function differences(
  wanted: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...names]
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${name}: ${wanted[name] ?? "nothing"} recorded, ${found[name] ?? "nothing"} now`);
}

/** Each difference from what is recorded in bench/, one line each. */
export async function compareBaseline({ constraints, gas, settlements }: Results): Promise<string[]> {
  const baseline = await readJson<Baseline>("baseline.json");
  const known = Object.fromEntries(TIER_NAMES.map((tier) => [tier, constraints[tier] ?? 0]));
  const lines = differences(baseline.constraints, known).map((line) => `constraints, ${line}`);
  if (Object.keys(gas).length === 0) return lines;
  const recorded = {
    ...(await readJson<GasByFork>("gas.json")).osaka,
    ...settlementGas(await readJson<SettlementGas[]>("settlement-gas.json")),
  };
  const measured = { ...gas, ...settlementGas(settlements) };
  return [...lines, ...differences(recorded, measured).map((line) => `gas, ${line}`)];
}
