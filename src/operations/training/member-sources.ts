import { TributaryError } from "../../core/errors.ts";
import { drawSome, STREAM, streamSeed } from "../../evaluation/subsets.ts";
import { sha256 } from "../../files/artifact.ts";
import { bytesOf } from "../../files/typed-bytes.ts";
import { withReport } from "../../model/adapter.ts";
import { familyOf } from "../../model/family.ts";
import type { FitOptions } from "../../model/model-family.ts";
import type { TrainingData } from "../../model/training-data.ts";
import type { Adapter, Base, MemberPart } from "../../model/types.ts";

/**
 * What the further members of an ensemble are:
 *
 * - seeds: other trainings on all rows
 * - halves: trainings on random halves of the rows, as TRAK averages over (Park et al., 2023)
 * - checkpoints: earlier epochs of the first one's training, as TracIn sums over (Pruthi et al., 2020)
 */
export const MEMBER_SOURCES = ["seeds", "halves", "checkpoints"] as const;
export type MemberSource = (typeof MEMBER_SOURCES)[number];

const SOURCE_OF: Readonly<Record<MemberPart["kind"], MemberSource>> = {
  half: "halves",
  checkpoint: "checkpoints",
};

/** What further members say that they are; seeds where there are none. */
export function memberSource([first]: readonly Adapter[]): MemberSource {
  const part = first?.report.part;
  return part === undefined ? "seeds" : SOURCE_OF[part.kind];
}

/**
 * Epochs of a training that are kept as members: the middle one, then the middles of what is between, and so on (van der Corput's
 * sequence). So the m-th does not depend on how many are asked for.
 *
 * @param epochs of the whole training, whose last one is the first member
 */
export function checkpointEpochs(epochs: number, count: number): number[] {
  const found = new Set<number>();
  for (let i = 1; found.size < Math.min(count, epochs - 1); i++) {
    let fraction = 0;
    for (let rest = i, step = 0.5; rest > 0; rest >>>= 1, step /= 2) fraction += (rest & 1) * step;
    const epoch = Math.round(epochs * fraction);
    if (epoch >= 1 && epoch < epochs) found.add(epoch);
  }
  return [...found];
}

/** @throws TRB_TRAINING_CONVEX_MEMBERS, TRB_TRAINING_NO_CHECKPOINTS, TRB_TRAINING_FEW_CHECKPOINTS */
function check(served: Adapter, members: number, from: MemberSource): void {
  if (members < 2 || from === "halves") return;
  if (served.kind === "linear" && from === "seeds") {
    throw new TributaryError("TRB_TRAINING_CONVEX_MEMBERS", "A softmax head has no ensemble of seeds.", {
      details: `${members} members: its loss has one minimum, so that all of them would be the same model`,
      hint: "Take --members-from halves, or --kind mlp or lora, or leave --members out.",
    });
  }
  if (served.kind === "linear") {
    throw new TributaryError("TRB_TRAINING_NO_CHECKPOINTS", "A softmax head has no checkpoints.", {
      details:
        "L-BFGS goes to the one minimum; what it passes on the way depends on where it began, and says nothing of the rows",
      hint: "Take --members-from halves, or --kind mlp or lora.",
    });
  }
  const { epochs } = served.schedule;
  if (members <= epochs) return;
  throw new TributaryError("TRB_TRAINING_FEW_CHECKPOINTS", "The training has fewer epochs than members.", {
    details: `${members} members, ${epochs} epochs`,
    hint: `Take --members ${epochs} or fewer, or train for more --epochs.`,
  });
}

/**
 * How the further members of an ensemble are trained. Nothing about them is free: seeds, halves and epochs follow from the first
 * one's report, so that whoever has the rows and the first makes the same bytes again.
 *
 * @param data what the first was trained on
 * @param members with the first
 * @returns trains member m + 2
 * @throws as check
 */
export function memberTrainer(
  base: Base,
  data: TrainingData,
  served: Adapter,
  { members, from }: Ensemble,
): (m: number) => Adapter {
  check(served, members, from);
  const { kind, report } = served;
  const { ridge } = report;
  const family = familyOf(kind, base);
  const like: Partial<FitOptions> = kind === "linear" ? { start: served } : { like: served };
  const ofPart = (options: FitOptions, part: MemberPart): Adapter => {
    const adapter = family.fit(data, { ...options, ...like });
    return withReport(adapter, { ...adapter.report, part });
  };
  const epochs = kind === "linear" ? [] : checkpointEpochs(served.schedule.epochs, members - 1);
  return (m) => {
    const seed = streamSeed(report.seed, STREAM.members, m);
    if (from === "seeds") return family.fit(data, { seed, ridge, ...like });
    if (from === "checkpoints") {
      const epoch = epochs[m]!;
      const options = { seed: report.seed, ridge, stopAfter: epoch };
      return ofPart(options, { kind: "checkpoint", epoch });
    }
    const all = data.activations.rows;
    const rows = drawSome(all, Math.floor(all / 2), streamSeed(report.seed, STREAM.memberRows, m));
    const drawn = sha256(bytesOf(rows));
    return ofPart({ seed, ridge, rows }, { kind: "half", of: all, drawn });
  };
}

/** An ensemble's size, with the first, and what the further members are. */
export interface Ensemble {
  readonly members: number;
  readonly from: MemberSource;
}
