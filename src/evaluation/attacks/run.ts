import type { OnProgress } from "../../core/progress.ts";
import { bootstrapMean, mean } from "../../numeric/statistics.ts";
import { isConvex } from "../learner.ts";
import type { Measured } from "../types.ts";
import { type AttackName, attack } from "./attacks.ts";
import { DEFAULT_DEFENCES, type Defences, income, NO_DEFENCES, train } from "./market.ts";
import { retrainedShares } from "./retrained.ts";
import type { Ground } from "./types.ts";

/** A gain is what the attacker's positions get in all after the attack over before; before and after under the same defences. */
export interface Gain {
  /** Mean over the attackers, with a bootstrap interval over them. */
  readonly share: Measured;
  /** The largest of them. */
  readonly worst: number;
  /** The same by the paper's measure: its rows among the hundred of the largest |score|, all attackers together. */
  readonly top: number;
}

export interface AttackResult {
  readonly attack: AttackName;
  readonly attackers: number;
  readonly undefended: Gain;
  readonly defended: Gain;
  /**
   * The same where positions are paid by retraining without them (`retrainedShares`): how much more, or less, the model owes the
   * attacker's rows after the attack. Of convex models, in markets of not too many positions.
   */
  readonly retrained?: Omit<Gain, "top">;
  /** What the limit of the gate is; null where there is none. */
  readonly limit: number | null;
  /** By the mean, defended. */
  readonly passed: boolean | null;
}

/** Gains that are allowed, as a mean over the attackers. */
export const ATTACK_LIMITS = { copies: 1.05, "near-duplicates": 1.25, outlier: 1.25 } as const;
export type GatedAttack = keyof typeof ATTACK_LIMITS;
export const GATED_ATTACKS = Object.keys(ATTACK_LIMITS) as readonly GatedAttack[];

const limitOf = (name: AttackName): number | null =>
  name in ATTACK_LIMITS ? ATTACK_LIMITS[name as GatedAttack] : null;

export interface AttackOptions {
  readonly attacks: readonly AttackName[];
  /** Positions 0 … attackers − 1 attack, one at a time. */
  readonly attackers: number;
  readonly defences?: Defences;
}

/** Positions for each of which a model is trained, for each attacker of each attack. */
const MOST_RETRAINED = 100;

interface Pair {
  readonly before: ReturnType<typeof income>;
  readonly after: ReturnType<typeof income>;
}

function meanGain(ratios: readonly number[], seed: number): Omit<Gain, "top"> {
  const share = { value: mean(ratios), overQueries: bootstrapMean(ratios, { seed }) };
  return { share, worst: Math.max(...ratios) };
}

function gainOf(pairs: readonly Pair[], seed: number): Gain {
  const ratios = pairs.map(({ before, after }) => after.share / before.share);
  const sum = (pick: (pair: Pair) => number): number => pairs.reduce((total, pair) => total + pick(pair), 0);
  return {
    ...meanGain(ratios, seed),
    top: sum(({ after }) => after.top) / sum(({ before }) => before.top),
  };
}

/**
 * Carries out every attack by every attacker, and measures what it gains with and without the defences. The model is trained
 * again on what the attacker hands in, the index is built again, the same requests are paid.
 */
export async function measureAttacks(
  ground: Ground,
  { attacks, attackers, defences = DEFAULT_DEFENCES }: AttackOptions,
  onProgress: OnProgress,
): Promise<AttackResult[]> {
  const honest = await train(ground, ground.rows);
  const retrains = isConvex(ground.kind) && ground.positions <= MOST_RETRAINED;
  const owed = retrains ? await retrainedShares(ground, honest, ground.positions) : undefined;
  const results: AttackResult[] = [];
  for (const [at, name] of attacks.entries()) {
    const pairs = { undefended: [] as Pair[], defended: [] as Pair[] };
    const retrained: number[] = [];
    for (let attacker = 0; attacker < attackers; attacker++) {
      const done = at + attacker / attackers;
      onProgress({ stage: `${name} on ${ground.name}`, done, total: attacks.length });
      const attacked = await attack(ground, name, attacker);
      const trained = await train(ground, attacked.rows, honest.adapter);
      if (owed !== undefined) {
        const after = await retrainedShares(ground, trained, attacked.positions);
        retrained.push(attacked.attacker.reduce((sum, held) => sum + after[held]!, 0) / owed[attacker]!);
      }
      for (const [key, used] of [
        ["undefended", NO_DEFENCES],
        ["defended", defences],
      ] as const) {
        pairs[key].push({
          before: income(honest, ground.positions, [attacker], used),
          after: income(trained, attacked.positions, attacked.attacker, used),
        });
      }
    }
    const limit = limitOf(name);
    const defended = gainOf(pairs.defended, ground.seed);
    results.push({
      attack: name,
      attackers,
      undefended: gainOf(pairs.undefended, ground.seed),
      defended,
      ...(owed !== undefined && { retrained: meanGain(retrained, ground.seed) }),
      limit,
      passed: limit === null ? null : defended.share.value <= limit,
    });
  }
  return results;
}
