import type { EvaluationData } from "../../src/evaluation/types.ts";
import { makeBase } from "../../src/model/base.ts";
import { fitScaling, numericBase } from "../../src/model/built-in.ts";
import { loraFamily } from "../../src/model/lora/family.ts";
import { exportBase } from "../../src/model/mlp/export.ts";
import { mlpFamily } from "../../src/model/mlp/family.ts";
import { openBase } from "../../src/model/session.ts";
import type { Base } from "../../src/model/types.ts";
import type { Models } from "../../src/operations/training/fit-models.ts";
import { toyData } from "./toy-evaluation.ts";
import { TOY_LABELS, TOY_ROOT, toyPoints } from "./toy-model.ts";

const datanet = { root: TOY_ROOT, version: 1 };

/** A base as `tributary model export-base` makes one: a perceptron of other toy points, without its head. */
export async function pretrainedBase(): Promise<Base> {
  const { points, labels } = toyPoints(200, 7);
  const below = await openBase(numericBase(fitScaling(points)));
  const activations = await below.encode(points);
  await below.close();
  const data = { activations, labels, names: TOY_LABELS, base: below.base.digest, datanet };
  const mlp = mlpFamily.fit(data, { seed: 1, ridge: 1e-3, hidden: [8, 8], epochs: 5 });
  return makeBase({ preprocessing: below.base.preprocessing, ...exportBase(below.base, mlp) });
}

/** The toy evaluation with low-rank pairs inside of a pretrained base. */
export async function toyLoraEvaluation(): Promise<{ data: EvaluationData; models: Models }> {
  const data = await toyData(await pretrainedBase(), "lora");
  const adapter = loraFamily(data.base).fit(data.training, { seed: 1, ridge: 1e-2, rank: 2 });
  return { data, models: [adapter] };
}
