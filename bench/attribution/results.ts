/** The benchmark's results as they are committed: numbers to four digits, without what only the page needs. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Evaluation, PartResults } from "../../src/evaluation/results.ts";
import { writeJson } from "../../src/files/disk.ts";

export type MeasuredSetting = Omit<Evaluation, "parts"> & { readonly parts: PartResults };

export interface BenchResult {
  readonly name: string;
  /** The curve that it is a point of. */
  readonly curve?: string;
  readonly measured: MeasuredSetting | null;
}

export interface BenchResults {
  readonly settings: readonly BenchResult[];
}

export const RESULTS = fileURLToPath(new URL("../results/attribution.json", import.meta.url));

/** Rounds every number to four significant digits and leaves the lists of single queries out. */
export function summarise(evaluation: Evaluation): MeasuredSetting {
  const text = JSON.stringify(evaluation, (key, value: unknown) => {
    if (key === "each") return undefined;
    return typeof value === "number" ? Number(value.toPrecision(4)) : value;
  });
  return JSON.parse(text) as MeasuredSetting;
}

const readResults = (): BenchResults =>
  existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as BenchResults) : { settings: [] };

/**
 * Settings that were measured again, among those that were not, or could not be; one that is no setting any more goes.
 *
 * @param order names of all settings
 */
export function merged(
  { settings: before }: BenchResults,
  { settings: again }: BenchResults,
  order: readonly string[],
): BenchResults {
  const measured = again.filter(({ measured: now }) => now !== null);
  const all = new Map([...again, ...before, ...measured].map((one) => [one.name, one]));
  return { settings: order.flatMap((name) => all.get(name) ?? []) };
}

/** Keeps what was measured, and what an earlier run measured of other settings. */
export const writeResults = (results: BenchResults, order: readonly string[]): void =>
  writeJson(RESULTS, merged(readResults(), results, order));
