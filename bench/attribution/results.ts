/** The benchmark's results as they are committed: numbers to four digits, without what only the page needs. */
import { fileURLToPath } from "node:url";
import type { Evaluation, PartResults } from "../../src/pipeline/evaluate/results.ts";
import { writeJson } from "../../src/pipeline/files.ts";

export type MeasuredSetting = Omit<Evaluation, "parts"> & { readonly parts: PartResults };

export interface BenchResults {
  readonly settings: readonly { readonly name: string; readonly measured: MeasuredSetting | null }[];
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

export const writeResults = (results: BenchResults): void => writeJson(RESULTS, results);
