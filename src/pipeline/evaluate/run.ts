import type { OnProgress } from "../../core/progress.ts";
import type { Adapter } from "../../model/types.ts";
import { gatesOf } from "./gates.ts";
import { type OutcomeStore, trainingCode } from "./outcome-store.ts";
import { bitsCurve } from "./parts/bits.ts";
import { fidelity } from "./parts/fidelity.ts";
import { ldsContributors } from "./parts/lds-contributors.ts";
import { ldsRows } from "./parts/lds-rows.ts";
import { leaveOneOut } from "./parts/loo.ts";
import { mislabel } from "./parts/mislabel.ts";
import { shuffledNull } from "./parts/null.ts";
import { widthsCurve } from "./parts/widths.ts";
import type { Evaluation, PartResults } from "./results.ts";
import { openSetup, type Setup } from "./setup.ts";
import type { EvaluationData, EvaluationOptions, PartName } from "./types.ts";

type Parts = { readonly [Name in PartName]: (setup: Setup) => Promise<NonNullable<PartResults[Name]>> };

const PARTS: Parts = {
  "lds-rows": ldsRows,
  "lds-contributors": ldsContributors,
  loo: leaveOneOut,
  mislabel,
  null: shuffledNull,
  fidelity,
  bits: bitsCurve,
  widths: widthsCurve,
};

export interface EvaluationRun {
  readonly data: EvaluationData;
  readonly adapter: Adapter;
  readonly options: EvaluationOptions;
  readonly store: OutcomeStore;
}

/** Runs the parts that are asked for, one after the other, and holds their results against the gates. */
export async function evaluateModel(run: EvaluationRun, onProgress: OnProgress): Promise<Evaluation> {
  const { data, adapter, options } = run;
  const setup = openSetup({ ...run, code: await trainingCode() }, onProgress);
  const parts: Record<string, unknown> = {};
  const seconds: Partial<Record<PartName, number>> = {};
  try {
    for (const name of options.parts) {
      const begun = performance.now();
      onProgress({ stage: name, done: 0, total: 1 });
      parts[name] = await PARTS[name](setup);
      seconds[name] = (performance.now() - begun) / 1000;
    }
  } finally {
    await setup.close();
  }
  const results = parts as PartResults;
  const { kind, report } = adapter;
  return {
    data: {
      name: data.name,
      rows: data.owners.length,
      labels: data.training.names.length,
      contributors: data.assigned,
      heldOut: data.heldOut.labels.length,
      queries: data.queries.labels.length,
    },
    model: { kind, ridge: report.ridge, accuracy: setup.accuracy, members: 1 },
    attribution: { method: "influence", tier: options.tier, width: setup.width },
    options: {
      seed: options.seed,
      subsets: options.subsets,
      repeats: options.repeats,
      leftOut: options.leftOut,
    },
    parts: results,
    gates: gatesOf(results, { kind, members: 1 }),
    seconds,
  };
}
