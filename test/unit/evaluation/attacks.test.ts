import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { nearDuplicates } from "../../../src/datanet/near-duplicates.ts";
import type { Features } from "../../../src/datanet/types.ts";
import { ATTACK_NAMES, attack } from "../../../src/evaluation/attacks/attacks.ts";
import {
  DEFAULT_DEFENCES,
  fitOn,
  income,
  NO_DEFENCES,
  train,
} from "../../../src/evaluation/attacks/market.ts";
import { retrainedShares } from "../../../src/evaluation/attacks/retrained.ts";
import { measureAttacks } from "../../../src/evaluation/attacks/run.ts";
import type { Ground } from "../../../src/evaluation/attacks/types.ts";
import { fitScaling, numericBase } from "../../../src/model/built-in.ts";
import { familyOf } from "../../../src/model/family.ts";
import { openBase } from "../../../src/model/session.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { pearson } from "../../../src/numeric/statistics.ts";
import { pretrainedBase } from "../../helpers/toy-lora.ts";
import { TOY_LABELS, toyPoints } from "../../helpers/toy-model.ts";

const POSITIONS = 24;

async function toyGround(): Promise<Ground> {
  const { points, labels } = toyPoints(240, 1);
  const known = toyPoints(80, 3);
  const random = seededRandom(4);
  return {
    name: "toy",
    encoder: await openBase(numericBase(fitScaling(points))),
    kind: "linear",
    trainOn: "all",
    nearSimilarity: 0.8,
    ridge: 1e-3,
    names: TOY_LABELS,
    rows: { features: points, labels, owners: labels.map(() => random.integer(POSITIONS)) },
    positions: POSITIONS,
    width: 40,
    requests: toyPoints(30, 2).points,
    public: { features: known.points, labels: known.labels },
    seed: 1,
  };
}

describe("attacks on the attribution", () => {
  let ground: Ground;
  before(async () => {
    ground = await toyGround();
  });
  after(() => ground.encoder.close());

  test("what everybody gets adds up to the whole fee", async () => {
    const trained = await train(ground, ground.rows);
    const shares = Array.from(
      { length: POSITIONS },
      (_, c) => income(trained, POSITIONS, [c], NO_DEFENCES).share,
    );
    const all = income(trained, POSITIONS, [...shares.keys()], NO_DEFENCES).share;
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - all) < 1e-9);
    assert.ok(Math.abs(all - 1) < 1e-9);
  });

  test("what retraining would pay is what the undefended scores pay, nearly; a position without rows gets nothing", async () => {
    const trained = await train(ground, ground.rows);
    const owed = await retrainedShares(ground, trained, POSITIONS + 1);
    assert.equal(owed[POSITIONS], 0);
    assert.ok(Math.abs(owed.reduce((sum, share) => sum + share) - 1) < 1e-9);
    const paid = Float64Array.from(
      { length: POSITIONS },
      (_, c) => income(trained, POSITIONS, [c], NO_DEFENCES).share,
    );
    const agreement = pearson(paid, owed.slice(0, POSITIONS));
    assert.ok(agreement > 0.9, `${agreement}`);
  });

  test("an attack's gain is measured by retraining, too: whoever hands in ten times as much is owed more", async () => {
    const options = { attacks: ["copies-of-all"] as const, attackers: 2 };
    const [copies] = await measureAttacks(ground, options, () => {});
    const { share, worst } = copies!.retrained!;
    assert.ok(share.value > 1.5 && worst >= share.value, `${share.value}, ${worst}`);
  });

  test("an attack leaves the others' rows and all labels as they were", async () => {
    for (const name of ATTACK_NAMES) {
      const { rows, attacker, positions } = await attack(ground, name, 2);
      assert.equal(attacker[0], 2);
      assert.ok(rows.owners.every((owner) => owner < positions));
      ground.rows.owners.forEach((owner, row) => {
        assert.equal(rows.labels[row], ground.rows.labels[row]);
        if (owner === 2) return;
        assert.equal(rows.owners[row], owner);
        assert.equal(rows.features[row], ground.rows.features[row]);
      });
      const own = rows.owners.filter((owner) => attacker.includes(owner)).length;
      const honest = ground.rows.owners.filter((owner) => owner === 2).length;
      const multiplied: Partial<Record<string, number>> = {
        copies: honest + 10,
        "copies-of-all": 11 * honest,
        "near-duplicates": 11 * honest,
        "near-duplicates-far": 11 * honest,
        "near-duplicates-hidden": 11 * honest,
        theft: 11 * honest,
        average: 11 * honest,
      };
      assert.equal(own, multiplied[name] ?? honest, name);
    }
  });

  test("the outlier attack makes rows that the model finds less likely, within its budget", async () => {
    const { rows } = await attack(ground, "outlier", 2);
    const own = [...rows.owners.keys()].filter((row) => rows.owners[row] === 2);
    const model = await fitOn(ground, ground.rows);
    const likelihood = async (features: Ground["rows"]["features"]): Promise<number> => {
      const activations = await ground.encoder.encode(own.map((row) => features[row]!));
      const logs = familyOf("linear").logProbabilities(model, activations);
      return own.reduce((sum, row, i) => sum + logs[i * TOY_LABELS.length + rows.labels[row]!]!, 0);
    };
    assert.ok((await likelihood(rows.features)) < (await likelihood(ground.rows.features)) - 1);
    const before = ground.rows.features as Float64Array[];
    const range = (j: number): number =>
      Math.max(...before.map((row) => row[j]!)) - Math.min(...before.map((row) => row[j]!));
    for (const row of own) {
      (rows.features[row] as Float64Array).forEach((x, j) => {
        assert.ok(Math.abs(x - before[row]![j]!) <= 0.03 * range(j) + 1e-9);
      });
    }
  });

  test("copies gain without the defence, and not with it", async () => {
    const options = { attacks: ["copies-of-all", "near-duplicates"] as const, attackers: 2 };
    const defended = await measureAttacks(ground, options, () => {});
    for (const result of defended) {
      assert.ok(result.undefended.share.value > 2, `${result.attack}: ${result.undefended.share.value}`);
      assert.ok(result.defended.share.value < 1.25, `${result.attack}: ${result.defended.share.value}`);
    }
    const [copies] = await measureAttacks(
      ground,
      { ...options, attacks: ["copies-of-all"], defences: { ...DEFAULT_DEFENCES, nearDuplicates: "off" } },
      () => {},
    );
    assert.ok(copies!.defended.share.value > 2, "the clusters are what keeps copies from earning");
  });

  test("copies that noise in unused columns tells apart gain without the defence, and not with it", async () => {
    const widened = (features: readonly Features[]): Features[] =>
      features.map((row) => Float64Array.from([...(row as Float64Array), 0, 0, 0]));
    const features = widened(ground.rows.features);
    const wide: Ground = {
      ...ground,
      encoder: await openBase(numericBase(fitScaling(features as Float64Array[]))),
      rows: { ...ground.rows, features },
      requests: widened(ground.requests),
      public: { ...ground.public, features: widened(ground.public.features) },
    };
    const options = { attacks: ["near-duplicates-hidden"] as const, attackers: 2 };
    const [hidden] = await measureAttacks(wide, options, () => {});
    await wide.encoder.close();
    assert.ok(hidden!.undefended.share.value > 1.5, `${hidden!.undefended.share.value}`);
    assert.ok(hidden!.defended.share.value < 1.25, `${hidden!.defended.share.value}`);
  });

  test("average rows lie among those that are known of their label, and are no copies of one another", async () => {
    const { rows } = await attack(ground, "average", 2);
    const added = Array.from(rows.labels.keys()).slice(ground.rows.labels.length);
    assert.equal(new Set(added.map((row) => String(rows.features[row]))).size, added.length);
    for (const row of added) {
      const known = (ground.public.features as Float64Array[]).filter(
        (_, i) => ground.public.labels[i] === rows.labels[row],
      );
      (rows.features[row] as Float64Array).forEach((x, j) => {
        const column = known.map((other) => other[j]!);
        assert.ok(x >= Math.min(...column) - 1e-9 && x <= Math.max(...column) + 1e-9);
      });
    }
  });

  test("stolen rows are joined with those that they were", async () => {
    const { rows } = await attack(ground, "theft", 2);
    const { first } = nearDuplicates(rows);
    const honest = ground.rows.labels.length;
    const found = first.slice(honest).filter((row) => row < honest && rows.owners[row] !== 2);
    assert.ok(found.length > 0.9 * (first.length - honest), `${found.length} of ${first.length - honest}`);
  });

  test("the gate of ten copies is held against what was measured, and training on first rows closes it", async () => {
    const options = { attacks: ["copies"] as const, attackers: 3 };
    const [copies] = await measureAttacks(ground, options, () => {});
    assert.equal(copies!.limit, 1.05);
    assert.equal(copies!.passed, copies!.defended.share.value <= 1.05);
    assert.ok(copies!.defended.share.value < copies!.undefended.share.value);
    const [first] = await measureAttacks({ ...ground, trainOn: "first" }, options, () => {});
    assert.ok(first!.passed, `${first!.defended.share.value}`);
  });

  test("low-rank adapters inside of the base are attacked like any other model", async () => {
    const encoder = await openBase(await pretrainedBase());
    const lora: Ground = { ...ground, kind: "lora", encoder };
    const options = { attacks: ["copies-of-all"] as const, attackers: 1 };
    const [copies] = await measureAttacks(lora, options, () => {});
    assert.ok(copies!.undefended.share.value > 1.5, `${copies!.undefended.share.value}`);
    assert.ok(copies!.defended.share.value < copies!.undefended.share.value);
    const { rows } = await attack(lora, "shadow", 0);
    const moved = rows.features.filter((row, i) => row !== ground.rows.features[i]).length;
    assert.equal(moved, ground.rows.owners.filter((owner) => owner === 0).length);
    const served = await fitOn(lora, ground.rows);
    assert.ok(served.kind === "lora");
    const shape = { rank: 1, pairs: served.pairs.slice(0, 1), schedule: { ...served.schedule, epochs: 2 } };
    const alike = await fitOn({ ...lora, like: { ...served, ...shape } }, ground.rows);
    assert.ok(alike.kind === "lora");
    assert.deepEqual([alike.rank, alike.pairs.length, alike.schedule], [1, 1, shape.schedule]);
    await encoder.close();
  });
});
