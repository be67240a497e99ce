/** Where attacks are tried: a source's rows with owners, the requests that pay, and what an attacker has besides. */

import type { Ground } from "../src/evaluation/attacks/types.ts";
import { openBase } from "../src/model/session.ts";
import { DEFAULT_METHOD } from "../src/operations/attribution/options.ts";
import { dealSkewed, type Source } from "./sources.ts";

const WIDTH = 127;
const RIDGE = 1e-3;

/** Rows dealt to contributors, label-skewed, and at most a hundred requests of the first half of the others; the second half is public. */
export async function groundOf(
  name: string,
  kind: Ground["kind"],
  source: Source,
  nearSimilarity: number = DEFAULT_METHOD.nearSimilarity,
): Promise<Ground> {
  const { training, test, base, names, positions } = source;
  const asked = Math.floor(test.labels.length / 2);
  const requests = Math.min(100, asked);
  return {
    name,
    encoder: await openBase(base),
    kind,
    trainOn: "all",
    nearSimilarity,
    ridge: RIDGE,
    names,
    rows: {
      features: training.features,
      labels: Uint32Array.from(training.labels),
      owners: dealSkewed(training.labels, names.length, positions),
    },
    positions,
    width: WIDTH,
    requests: test.features.slice(0, requests),
    public: { features: test.features.slice(asked), labels: Uint32Array.from(test.labels.slice(asked)) },
    seed: 1,
  };
}
