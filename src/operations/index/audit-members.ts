import type { OnProgress } from "../../core/progress.ts";
import { ensembleOf, trainAgain } from "../training/fit-models.ts";
import { memberSource } from "../training/member-sources.ts";
import type { TrainedModel } from "../training/train.ts";
import type { Difference } from "./difference.ts";
import type { Subject } from "./subject.ts";

/**
 * The members of an ensemble that training does not give. The first one could have seen other rows than it says; the further ones
 * answer nobody, so nobody would notice one that was made to favour a position. But the first follows from the rows, its seed
 * and its λ, and all others from the rows and the first: they are trained again here.
 *
 * @throws as ensembleOf, where the members are of a kind that the first cannot have
 */
export async function auditMembers(
  subject: Subject,
  { base, adapter, others }: TrainedModel,
  onProgress: OnProgress,
): Promise<Difference[]> {
  const { activations, labels } = await subject.between(0, subject.labels.length);
  const { labels: names, datanet } = adapter;
  const data = { activations, labels, names, base: base.digest, datanet };
  // Others are compared with what follows from the recorded first: one that is exchanged is one finding, not N.
  const ensemble = { members: 1 + others.length, from: memberSource(others) };
  const [, ...further] = ensembleOf(base, data, [adapter], ensemble, onProgress);
  const trained = [trainAgain(base, data, adapter, onProgress), ...further];
  return [adapter, ...others].flatMap(({ digest }, m) => {
    const expected = trained[m]!.digest;
    if (digest === expected) return [];
    return [
      {
        code: "TRB_AUDIT_MEMBER",
        details: `member ${m + 1} is ${digest}, trained again ${expected}`,
      },
    ];
  });
}
