import type { OnProgress } from "../core/progress.ts";
import { linearAdapter } from "./adapter.ts";
import { hessianDiagonal } from "./curvature.ts";
import type { Examples } from "./example-chunk.ts";
import type { Fold } from "./folds.ts";
import { type Minimum, minimise } from "./lbfgs.ts";
import { type HeadObjective, openObjective } from "./objective.ts";
import { countHead } from "./quality.ts";
import { HEAD_RIDGES } from "./ridge-choice.ts";
import { FOLDS, type FoldModels, searchRidge } from "./ridge-search.ts";
import type { HeadParameters } from "./softmax.ts";
import { checkData, type TrainingData } from "./training-data.ts";
import type { LinearAdapter } from "./types.ts";

/** How far above its minimum an objective may be, about, to compare λ and to keep a model. */
const SEARCH_TOLERANCE = 1e-3;
const FINAL_TOLERANCE = 1e-6;
const MAX_ITERATIONS = 500;

export interface TrainingOptions {
  /** Unsigned 32-bit: which rows are set aside together while λ is chosen. */
  readonly seed: number;
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
  readonly onProgress?: OnProgress;
}

function minimiseFrom(
  { objective, examples }: Fit,
  ridge: number,
  start: HeadParameters,
  tolerance: number,
  onIteration?: (decrement: number) => void,
): Minimum {
  return minimise((x, gradient) => objective.evaluate(ridge, x, gradient), start, {
    tolerance,
    maxIterations: MAX_ITERATIONS,
    diagonal: hessianDiagonal(examples, ridge, start),
    onIteration: (_, decrement) => onIteration?.(decrement),
  });
}

/** Examples with their objective, while its threads live. */
interface Fit {
  readonly examples: Examples;
  readonly objective: HeadObjective;
}

const openFit = (examples: Examples, helpers?: number): Fit => ({
  examples,
  objective: openObjective(examples, helpers),
});

/** Fits the head to the examples, from `start`, at one λ; `helpers` as openObjective takes them. */
export function fitHead(
  examples: Examples,
  ridge: number,
  start: HeadParameters,
  {
    tolerance = FINAL_TOLERANCE,
    helpers,
    onIteration,
  }: {
    readonly tolerance?: number | undefined;
    readonly helpers?: number | undefined;
    readonly onIteration?: (decrement: number) => void;
  } = {},
): Minimum {
  const fit = openFit(examples, helpers);
  try {
    return minimiseFrom(fit, ridge, start, tolerance, onIteration);
  } finally {
    fit.objective.close();
  }
}

/** Share of the way from the first decrement to the tolerance, in decades: the decrement falls about evenly on that scale. */
function approach(tolerance: number): (decrement: number) => number {
  let first: number | undefined;
  let furthest = 0;
  return (decrement) => {
    first ??= decrement;
    const share = Math.log(first / decrement) / Math.log(first / tolerance);
    furthest = Math.max(furthest, Math.min(1, share || 0));
    return furthest;
  };
}

/** A head for each λ, each the start of the next one; of the fold that was opened last the heads stay. */
function headsOf({ activations, labels, names }: TrainingData) {
  const classes = names.length;
  const heads = new Map<number, HeadParameters>();
  const open = ({ training, validation }: Fold): FoldModels => {
    const examples = { activations, labels, classes };
    const fit = openFit({ ...examples, rows: training });
    let head: HeadParameters = new Float64Array((activations.width + 1) * classes);
    heads.clear();
    return {
      judge(ridge, onShare) {
        const progress = approach(SEARCH_TOLERANCE);
        const follow = (decrement: number): void => onShare(progress(decrement));
        head = minimiseFrom(fit, ridge, head, SEARCH_TOLERANCE, follow).x;
        heads.set(ridge, head);
        return countHead({ ...examples, rows: validation }, head);
      },
      close: () => fit.objective.close(),
    };
  };
  return { heads, open };
}

/**
 * Trains a softmax head on all rows. λ is chosen as `searchRidge` says; the accuracy that is reported is that of models that had not
 * seen the rows.
 *
 * @throws TRB_MODEL_TRAINING_DATA
 */
export function trainAdapter(data: TrainingData, options: TrainingOptions): LinearAdapter {
  checkData(data);
  const { activations, labels } = data;
  const { seed, onProgress } = options;
  const { heads, open } = headsOf(data);
  const { ridge } = options;
  const search = { data, seed, grid: HEAD_RIDGES, ridge, folds: FOLDS, open, onProgress };
  const searched = searchRidge(search);
  const rows = Uint32Array.from(labels, (_, i) => i);
  const progress = approach(FINAL_TOLERANCE);
  const examples = { activations, labels, classes: data.names.length, rows };
  const final = fitHead(examples, searched.ridge, heads.get(searched.ridge)!, {
    onIteration: (decrement) =>
      onProgress?.({ stage: "train on all rows", done: progress(decrement), total: 1 }),
  });
  onProgress?.({ stage: "train on all rows", done: 1, total: 1 });
  const { iterations, decrement } = final;
  return linearAdapter(data, final.x, { rows: activations.rows, ...searched, iterations, decrement });
}
