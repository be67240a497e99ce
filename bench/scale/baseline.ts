import { readFile, writeFile } from "node:fs/promises";
import { TIER_NAMES } from "../../src/params/tiers.ts";
import type { Results } from "./results.ts";

const FILE = new URL("../baseline.json", import.meta.url);

/** What must not change unnoticed (constraints and gas), and times to compare with by eye. */
export interface Baseline {
  readonly constraints: Readonly<Record<string, number>>;
  readonly gas: Readonly<Record<string, number>>;
  /** Milliseconds of the machine that wrote this: told, never checked. */
  readonly times: Readonly<Record<string, number>>;
}

export const readBaseline = async (): Promise<Baseline> => JSON.parse(await readFile(FILE, "utf8"));

/** Writes what was measured over what is there; questions that were not asked keep their old numbers. */
export async function writeBaseline(results: Results): Promise<void> {
  const old = await readBaseline().catch((): Baseline => ({ constraints: {}, gas: {}, times: {} }));
  const times = Object.fromEntries(
    results.proving.map(({ tier, backend, total }) => [`${tier}, ${backend}`, Math.round(total.median)]),
  );
  const next: Baseline = {
    constraints: results.constraints,
    gas: Object.keys(results.gas).length > 0 ? results.gas : old.gas,
    times: { ...old.times, ...times },
  };
  await writeFile(FILE, `${JSON.stringify(next, null, 2)}\n`);
}

function differences(
  kind: string,
  wanted: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...names]
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${kind}, ${name}: ${wanted[name] ?? "nothing"} there, ${found[name] ?? "nothing"} now`);
}

/** Each difference from bench/baseline.json in what has to be the same, one line each. */
export async function compareBaseline({ constraints, gas }: Results): Promise<string[]> {
  const baseline = await readBaseline();
  const known = Object.fromEntries(TIER_NAMES.map((tier) => [tier, constraints[tier] ?? 0]));
  const gasDifferences = Object.keys(gas).length > 0 ? differences("gas", baseline.gas, gas) : [];
  return [...differences("constraints", baseline.constraints, known), ...gasDifferences];
}
