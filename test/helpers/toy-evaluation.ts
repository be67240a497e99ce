import { seededRandom } from "../../src/core/random.ts";
import { fitScaling, numericBase } from "../../src/model/built-in.ts";
import { openBase } from "../../src/model/session.ts";
import { trainAdapter } from "../../src/model/train.ts";
import { DEFAULT_METHOD } from "../../src/pipeline/attribution/options.ts";
import type { Models } from "../../src/pipeline/evaluate/scoring.ts";
import type { EvaluationData, EvaluationOptions } from "../../src/pipeline/evaluate/types.ts";
import { DEFAULT_PARTS } from "../../src/pipeline/evaluate/types.ts";
import { TOY_LABELS, TOY_ROOT, toyPoints } from "./toy-model.ts";

const CONTRIBUTORS = 12;

export const TOY_OPTIONS: EvaluationOptions = {
  tier: "mini",
  seed: 1,
  method: DEFAULT_METHOD,
  members: 1,
  subsets: 16,
  repeats: 1,
  queries: 20,
  leftOut: 12,
  workers: 1,
  parts: DEFAULT_PARTS,
};

/** 200 toy points of 12 contributors and 20 requests: the real stations on small data. */
export async function toyEvaluation() {
  const { points, labels } = toyPoints(200, 1);
  const asked = toyPoints(TOY_OPTIONS.queries, 2);
  const base = await openBase(numericBase(fitScaling(points)));
  const queries = {
    features: asked.points,
    activations: await base.encode(asked.points),
    labels: asked.labels,
  };
  const random = seededRandom(5);
  const data: EvaluationData = {
    name: "toy",
    base: base.base,
    features: points,
    training: {
      activations: await base.encode(points),
      labels,
      names: TOY_LABELS,
      base: base.base.digest,
      datanet: { root: TOY_ROOT, version: 1 },
    },
    duplicates: labels.map((_, i) => i),
    owners: labels.map(() => random.integer(CONTRIBUTORS)),
    assigned: CONTRIBUTORS,
    heldOut: queries,
    queries,
  };
  await base.close();
  const models: Models = [trainAdapter(data.training, { seed: 1, ridge: 1e-2 })];
  return { data, models };
}
