import { headOf } from "../../model/adapter.ts";
import type { Examples } from "../../model/example-chunk.ts";
import { openObjective } from "../../model/objective.ts";
import { type HeadParameters, logProbabilities } from "../../model/softmax.ts";
import type { TrainingData } from "../../model/training-data.ts";
import type { Activations, LinearAdapter } from "../../model/types.ts";
import { cholesky, solveInPlace } from "../../numeric/symmetric.ts";
import { headHessian } from "./hessian.ts";
import { ridged } from "./solve.ts";

/** Multiplications of all factorisations, above which it takes minutes. */
const MOST_WORK = 2e10;

export const newtonIsCheap = (parameters: number, contributors: number): boolean =>
  (contributors * parameters ** 3) / 3 <= MOST_WORK;

/** A head after one Newton step on the examples, whose Hessian without λ is given. */
function stepped(
  examples: Examples,
  hessian: Float64Array,
  ridge: number,
  head: HeadParameters,
): HeadParameters {
  const step = new Float64Array(head.length);
  const objective = openObjective(examples, 0);
  objective.evaluate(ridge, head, step);
  objective.close();
  solveInPlace(cholesky(ridged(hessian, head.length, ridge), head.length), step);
  return head.map((value, j) => value - step[j]!);
}

/**
 * What one Newton step on the others' rows does instead of training on them: the retrained model to second order. The model of all
 * rows is stepped, too, since the served one is not quite at its minimum.
 *
 * @param contributors positions, each left out alone
 * @returns Q × contributors: the log-likelihood that the served label loses
 */
export function newtonChanges(
  adapter: LinearAdapter,
  { activations, labels }: Pick<TrainingData, "activations" | "labels">,
  owners: Uint32Array,
  contributors: Uint32Array,
  requests: Activations,
  served: Uint32Array,
): Float64Array {
  const classes = adapter.labels.length;
  const { ridge } = adapter.report;
  const head = headOf(adapter);
  const of = (rows: Uint32Array): Examples => ({ activations, labels, classes, rows });
  const all = Uint32Array.from(labels.keys());
  const whole = headHessian(of(all), head);
  const outcome = (rows: Uint32Array, hessian: Float64Array): Float64Array =>
    logProbabilities(requests, stepped(of(rows), hessian, ridge, head), classes);
  const before = outcome(all, whole);
  const result = new Float64Array(served.length * contributors.length);
  contributors.forEach((position, c) => {
    const own = all.filter((row) => owners[row] === position);
    const share = own.length / all.length;
    const hessian = headHessian(of(own), head).map((part, at) => (whole[at]! - share * part) / (1 - share));
    const after = outcome(
      all.filter((row) => owners[row] !== position),
      hessian,
    );
    served.forEach((label, q) => {
      const at = q * classes + label;
      result[q * contributors.length + c] = before[at]! - after[at]!;
    });
  });
  return result;
}
