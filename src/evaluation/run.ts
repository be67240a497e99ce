import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { evaluateAdapter } from "../model/evaluate.ts";
import type { Adapter } from "../model/types.ts";
import type { Models } from "../operations/training/fit-models.ts";
import { gatesOf } from "./gates.ts";
import { isConvex } from "./learner.ts";
import { type OutcomeStore, trainingCode } from "./outcome-store.ts";
import { attacks } from "./parts/attacks.ts";
import { bitsCurve } from "./parts/bits.ts";
import { circuit } from "./parts/circuit.ts";
import { exact } from "./parts/exact.ts";
import { fidelity } from "./parts/fidelity.ts";
import { ldsContributors } from "./parts/lds-contributors.ts";
import { ldsRows } from "./parts/lds-rows.ts";
import { leaveOneContributorOut } from "./parts/leave-one-contributor-out.ts";
import { leaveOneOut } from "./parts/loo.ts";
import { methods } from "./parts/methods.ts";
import { mislabel } from "./parts/mislabel.ts";
import { shuffledNull } from "./parts/null.ts";
import { widthsCurve } from "./parts/widths.ts";
import type { Evaluation, PartResults } from "./results.ts";
import { openSetup, type Setup } from "./setup.ts";
import type { EvaluationData, EvaluationOptions, PartName } from "./types.ts";

type Parts = { readonly [Name in PartName]: (setup: Setup) => Promise<PartResults[Name]> };

const PARTS: Parts = {
  "lds-rows": ldsRows,
  "lds-contributors": ldsContributors,
  "leave-one-contributor-out": leaveOneContributorOut,
  loo: leaveOneOut,
  mislabel,
  null: shuffledNull,
  fidelity,
  bits: bitsCurve,
  widths: widthsCurve,
  methods,
  exact,
  attacks,
  circuit,
};

export interface EvaluationRun {
  readonly data: EvaluationData;
  readonly models: Models;
  readonly options: EvaluationOptions;
  readonly store: OutcomeStore;
}

/** One row of many does less than the noise of training a model that is not convex, and such a one has no exact influence. */
const OF_CONVEX: readonly PartName[] = ["loo", "exact"];

/** The parts that a kind of model has. */
function partsOf(kind: Adapter["kind"], asked: readonly PartName[]): readonly PartName[] {
  const parts = asked.filter((name) => !OF_CONVEX.includes(name) || isConvex(kind));
  if (parts.length > 0) return parts;
  throw new TributaryError("TRB_EVALUATION_NOT_CONVEX", "These parts need a convex model.", {
    details: `${asked.join(", ")}; the model is of kind ${kind}`,
    hint: "Ask for other parts, or for --kind linear.",
  });
}

/**
 * Runs the parts that are asked for and that the model's kind has, one after the other, and holds their results against the
 * gates.
 *
 * @throws TRB_EVALUATION_NOT_CONVEX where only leave-one-out or exact influence is asked for, of a model that is not convex
 */
export async function evaluateModel(run: EvaluationRun, onProgress: OnProgress): Promise<Evaluation> {
  const { data, models, options } = run;
  const asked = partsOf(models[0].kind, options.parts);
  const setup = openSetup({ ...run, code: trainingCode() }, onProgress);
  const parts: Record<string, unknown> = {};
  const seconds: Partial<Record<PartName, number>> = {};
  try {
    for (const name of asked) {
      const begun = performance.now();
      onProgress({ stage: name, done: 0, total: 1 });
      parts[name] = await PARTS[name](setup);
      seconds[name] = (performance.now() - begun) / 1000;
    }
  } finally {
    await setup.close();
  }
  const results = parts as PartResults;
  const { kind, report } = models[0];
  const rows = data.owners.length;
  const { joined } = data;
  const members = models.length;
  return {
    data: {
      name: data.name,
      rows,
      labels: data.training.names.length,
      contributors: data.assigned,
      heldOut: data.heldOut.labels.length,
      queries: data.queries.labels.length,
      joined,
      certain: evaluateAdapter(models[0], data.queries, data.base).certain,
    },
    model: {
      kind,
      ridge: report.ridge,
      accuracy: setup.accuracy,
      members,
      ...(members > 1 && { membersFrom: options.membersFrom }),
    },
    attribution: {
      method: options.method.name,
      gradient: options.method.gradient,
      tier: options.tier,
      width: setup.width,
      ...(options.method.search && { search: options.method.search }),
    },
    options: {
      seed: options.seed,
      subsets: options.subsets,
      repeats: options.repeats,
      leftOut: options.leftOut,
    },
    parts: results,
    gates: gatesOf(results, { kind, members, ...(options.noCopies && { falselyJoined: joined / rows }) }),
    seconds,
  };
}
