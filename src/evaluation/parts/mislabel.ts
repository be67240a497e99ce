import { familyOf } from "../../model/family.ts";
import { seededRandom } from "../../numeric/random.ts";
import { auc, bootstrap } from "../../numeric/statistics.ts";
import { gradientsOf } from "../../operations/attribution/gradients.ts";
import type { Models } from "../../operations/training/fit-models.ts";
import { sketchRows } from "../../sketch/apply.ts";
import { indexRows } from "../scoring.ts";
import type { Setup } from "../setup.ts";
import { STREAM, streamSeed } from "../subsets.ts";
import type { Measured } from "../types.ts";

export interface MislabelResult {
  readonly flipped: number;
  readonly rows: number;
  readonly auc: Measured;
}

const SHARE = 0.1;
const RESAMPLES = 200;

/** A tenth of the labels changed to another one, drawn by the seed. */
function flip(
  labels: Uint32Array,
  classes: number,
  seed: number,
): { labels: Uint32Array; flipped: boolean[] } {
  const random = seededRandom(seed);
  const chosen = new Set(random.permutation(labels.length).slice(0, Math.round(SHARE * labels.length)));
  const flipped = Array.from(labels, (_, i) => chosen.has(i));
  const changed = labels.map((label, i) =>
    flipped[i] ? (label + 1 + random.integer(classes - 1)) % classes : label,
  );
  return { labels: changed, flipped };
}

/**
 * Wrong labels found by self-influence φ_i·z_i, un-normalised: how much a row raises the likelihood of its own label.
 * A row that only it explains is probably wrong. The model and the index are made from the wrong labels, as they would be.
 */
export async function mislabel(setup: Setup): Promise<MislabelResult> {
  const { data, models, options, width, onProgress } = setup;
  const [adapter] = models;
  const classes = data.training.names.length;
  const { labels, flipped } = flip(data.training.labels, classes, streamSeed(options.seed, STREAM.flips));
  const training = { ...data.training, labels };
  const wrong = familyOf(adapter.kind, data.base).fit(training, {
    seed: options.seed,
    ridge: adapter.report.ridge,
    like: adapter,
  });
  const flawed: Models = [wrong];
  const plain = { ...options.method, normalise: "none", rowCap: 100, nearDuplicates: "off" } as const;
  const { rows, sketch } = indexRows({ ...data, training }, flawed, width, plain, onProgress);
  const { activations } = training;
  const own = sketchRows(gradientsOf({ adapters: flawed, base: data.base, activations, labels }), sketch);
  const self = new Float64Array(labels.length);
  for (let i = 0; i < self.length; i++) {
    for (let j = 0; j < width; j++) {
      self[i]! += rows[i * width + j]! * own[i * width + j]!;
    }
  }
  const ofDrawn = (drawn: Uint32Array): number =>
    auc(
      Float64Array.from(drawn, (i) => self[i]!),
      Array.from(drawn, (i) => flipped[i]!),
    );
  const overQueries = bootstrap(self.length, ofDrawn, {
    seed: streamSeed(options.seed, STREAM.bootstrap, 3),
    resamples: RESAMPLES,
  });
  return {
    flipped: flipped.filter(Boolean).length,
    rows: labels.length,
    auc: { value: auc(self, flipped), overQueries },
  };
}
