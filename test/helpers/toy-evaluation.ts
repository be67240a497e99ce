import type { EvaluationData, EvaluationOptions } from "../../src/evaluation/types.ts";
import { DEFAULT_PARTS } from "../../src/evaluation/types.ts";
import { fitScaling, numericBase } from "../../src/model/built-in.ts";
import { openBase } from "../../src/model/session.ts";
import { trainAdapter } from "../../src/model/train.ts";
import type { Adapter, Base } from "../../src/model/types.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { DEFAULT_METHOD } from "../../src/operations/attribution/options.ts";
import type { Models } from "../../src/operations/training/fit-models.ts";
import { activationsOf } from "../../src/operations/training/train.ts";
import { TOY_LABELS, TOY_ROOT, toyPoints } from "./toy-model.ts";

const CONTRIBUTORS = 12;

export const TOY_OPTIONS: EvaluationOptions = {
  tier: "mini",
  seed: 1,
  method: DEFAULT_METHOD,
  members: 1,
  membersFrom: "seeds",
  subsets: 16,
  repeats: 1,
  queries: 20,
  leftOut: 12,
  workers: 1,
  parts: DEFAULT_PARTS,
};

const training = toyPoints(200, 1);

/** 200 toy points of 12 contributors and 20 requests, as a kind of model reads them. */
export async function toyData(below: Base, kind: Adapter["kind"]): Promise<EvaluationData> {
  const { points, labels } = training;
  const asked = toyPoints(TOY_OPTIONS.queries, 2);
  const base = await openBase(below);
  const queries = {
    features: asked.points,
    activations: await activationsOf(base, kind, asked.points),
    labels: asked.labels,
  };
  const random = seededRandom(5);
  const data: EvaluationData = {
    name: "toy",
    base: base.base,
    features: points,
    training: {
      activations: await activationsOf(base, kind, points),
      labels,
      names: TOY_LABELS,
      base: base.base.digest,
      datanet: { root: TOY_ROOT, version: 1 },
    },
    duplicates: labels.map((_, i) => i),
    joined: 0,
    owners: labels.map(() => random.integer(CONTRIBUTORS)),
    assigned: CONTRIBUTORS,
    heldOut: queries,
    queries,
  };
  await base.close();
  return data;
}

/** The real stations on small data, with a softmax head. */
export async function toyEvaluation() {
  const data = await toyData(numericBase(fitScaling(training.points)), "linear");
  const models: Models = [trainAdapter(data.training, { seed: 1, ridge: 1e-2 })];
  return { data, models };
}
