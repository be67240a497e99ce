import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { TIER_NAMES, type TierName } from "../../src/params/tiers.ts";

const HELP = `Measures the prover. One table on stdout; out/bench/scale.html has the curves, out/bench/scale.json every number.

  make bench                                        everything; about half an hour on two cores
  node bench/scale/run.ts --tiers mini,small --runs 3
  node bench/scale/run.ts --only proving,gas
  node bench/scale/run.ts --rapidsnark PATH --ezkl PYTHON

  --tiers LIST       mini, small, large (default: those whose keys are there)
  --runs N           repeats of each measurement (default 3; snarkjs at tier large runs once)
  --only LIST        proving, same-witness, keys, naive, growth, ezkl, gas
  --rapidsnark PATH  the C++ prover's command line program, called as PROGRAM zkey wtns proof public
  --ezkl PYTHON      a Python that has the package ezkl
  --update           write bench/baseline.json again (node bench/gas.ts writes the gas)
`;

export const QUESTIONS = ["proving", "same-witness", "keys", "naive", "growth", "ezkl", "gas"] as const;
export type Question = (typeof QUESTIONS)[number];

export interface BenchOptions {
  readonly tiers: readonly TierName[] | undefined;
  readonly runs: number;
  readonly only: readonly Question[];
  readonly rapidsnark: string | undefined;
  readonly ezkl: string | undefined;
  readonly update: boolean;
  readonly threads: number;
}

function listOf<T extends string>(text: string | undefined, known: readonly T[]): readonly T[] | undefined {
  const names = text?.split(",");
  const unknown = names?.find((name) => !known.includes(name as T));
  if (unknown !== undefined) throw new RangeError(`${unknown} is none of ${known.join(", ")}`);
  return names as T[] | undefined;
}

/** The command line's options; undefined where help was asked for and printed. */
export function readOptions(): BenchOptions | undefined {
  const { values } = parseArgs({
    options: {
      tiers: { type: "string" },
      runs: { type: "string", default: "3" },
      only: { type: "string" },
      rapidsnark: { type: "string" },
      ezkl: { type: "string" },
      update: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`--runs ${values.runs} is no number of runs`);
  return {
    tiers: listOf(values.tiers, TIER_NAMES),
    runs,
    only: listOf(values.only, QUESTIONS) ?? QUESTIONS,
    rapidsnark: values.rapidsnark,
    ezkl: values.ezkl,
    update: values.update,
    threads: availableParallelism(),
  };
}
