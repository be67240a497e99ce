import { parseArgs } from "node:util";

const HELP = `Changes one place of the contracts, circuits or verifier at a time and runs the tests that should notice. Prints the
mutants that all of them let pass: the survivors. Works in copies below the temporary folder.

  make mutants                                  all that are not known yet; some hours on an idle machine
  node bench/mutants/run.ts --only src/verification
  node bench/mutants/run.ts --sample 100        that many, drawn by a fixed rule
  node bench/mutants/run.ts --table             what is known, and no trials

  --only TEXT      files whose path has this text; given several times, those of the first come first
  --sample N       at most N mutants, spread over all
  --minutes N      begin no trial after so long
  --workers N      trials at once (default 1)
  --survivors      try those again that survived, and no others
  --again          forget what is known of the chosen ones
  --first          only what takes a check away, not what changes how something is computed
  --table          no trials
  --write          write bench/mutants/results.json; rows of other files stay, and those of which an earlier run knew more
  --json           the result as JSON on stdout
`;

export interface MutantOptions {
  readonly only: readonly string[];
  readonly sample: number;
  readonly minutes: number;
  readonly workers: number;
  readonly survivors: boolean;
  readonly again: boolean;
  readonly first: boolean;
  readonly table: boolean;
  readonly write: boolean;
  readonly json: boolean;
}

/** The command line's options; undefined where help was asked for and printed. */
export function readOptions(): MutantOptions | undefined {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [""] },
      sample: { type: "string", default: "Infinity" },
      minutes: { type: "string", default: "Infinity" },
      workers: { type: "string", default: "1" },
      survivors: flag,
      again: flag,
      first: flag,
      table: flag,
      write: flag,
      json: flag,
      help: flag,
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const [sample, minutes, workers] = [values.sample, values.minutes, values.workers].map((text) => {
    const value = Number(text);
    if (!(value > 0)) throw new RangeError(`${text} is no positive number`);
    return value;
  }) as [number, number, number];
  return { ...values, sample, minutes, workers };
}
