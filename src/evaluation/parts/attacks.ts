import { openBase } from "../../model/session.ts";
import { seededRandom } from "../../numeric/random.ts";
import { type AttackResult, GATED_ATTACKS, measureAttacks } from "../attacks/run.ts";
import type { Ground } from "../attacks/types.ts";
import type { Setup } from "../setup.ts";
import { STREAM, streamSeed } from "../subsets.ts";
import type { EvaluationData } from "../types.ts";

export interface AttacksResult {
  readonly rows: number;
  readonly contributors: number;
  readonly results: readonly AttackResult[];
}

/** Every attack by every attacker trains a model and builds an index: a few minutes for these. */
const ROWS = 1500;
const ATTACKERS = 6;
/** Below so many contributors nobody is there to lose what the attacker gains. */
const FEWEST = 3;

/** Contributors with all of their rows, drawn by the seed until there are enough rows; the first ones attack. */
export function drawMarket({ owners, training, features, assigned }: EvaluationData, seed: number) {
  const counts = new Uint32Array(assigned);
  for (const owner of owners) counts[owner]!++;
  const position = new Map<number, number>();
  let rows = 0;
  for (const contributor of seededRandom(seed).permutation(assigned)) {
    if (counts[contributor] === 0) continue;
    if (rows >= ROWS && position.size >= FEWEST) break;
    position.set(contributor, position.size);
    rows += counts[contributor]!;
  }
  const kept = Array.from(owners.keys()).filter((row) => position.has(owners[row]!));
  return {
    rows: {
      features: kept.map((row) => features[row]!),
      labels: Uint32Array.from(kept, (row) => training.labels[row]!),
      owners: Uint32Array.from(kept, (row) => position.get(owners[row]!)!),
    },
    positions: position.size,
  };
}

/** What the attacks gain that have a gate, on a part of the rows, with the method and the defences that are evaluated. */
export async function attacks({ data, models, options, width, onProgress }: Setup): Promise<AttacksResult> {
  const [served] = models;
  const { kind, report } = served;
  const { method } = options;
  const { rows, positions } = drawMarket(data, streamSeed(options.seed, STREAM.attackers));
  const encoder = await openBase(data.base);
  try {
    const ground: Ground = {
      ...{ name: data.name, encoder, kind, rows, positions, width, method },
      like: served,
      trainOn: "all",
      nearSimilarity: method.nearSimilarity,
      ridge: report.ridge,
      names: data.training.names,
      requests: data.queries.features,
      public: data.heldOut,
      seed: options.seed,
    };
    const { nearDuplicates, normalise, rowCap } = method;
    const asked = {
      attacks: GATED_ATTACKS,
      attackers: Math.min(ATTACKERS, positions),
      defences: { nearDuplicates, normalise, rowCap },
    };
    const results = await measureAttacks(ground, asked, onProgress);
    return { rows: rows.labels.length, contributors: positions, results };
  } finally {
    await encoder.close();
  }
}
