import type { OnProgress } from "../core/progress.ts";
import type { Difference } from "./audit-index.ts";
import type { Subject } from "./build-index.ts";
import { ensembleOf } from "./fit-models.ts";
import type { TrainedModel } from "./train.ts";

/**
 * The further members of an ensemble that training does not give. They answer nobody, so nobody would notice one that was made to
 * favour a position; but all of them follow from the rows and the first one, and are trained again here.
 */
export async function auditMembers(
  subject: Subject,
  { base, adapter, others }: TrainedModel,
  onProgress: OnProgress,
): Promise<Difference[]> {
  if (others.length === 0) return [];
  const { activations, labels } = await subject.between(0, subject.labels.length);
  const { labels: names, datanet } = adapter;
  const data = { activations, labels, names, base: base.digest, datanet };
  const [, ...trained] = ensembleOf(base, data, [adapter], 1 + others.length, onProgress);
  return others.flatMap(({ digest }, m) => {
    const expected = trained[m]!.digest;
    if (digest === expected) return [];
    return [
      {
        code: "TRB_PIPELINE_AUDIT_MEMBER",
        details: `member ${m + 2} is ${digest}, trained again ${expected}`,
      },
    ];
  });
}
