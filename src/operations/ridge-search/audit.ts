import type { RidgeSearchRecord } from "../../attribution/types.ts";
import type { OnProgress } from "../../core/progress.ts";
import { memoryStore } from "../../evaluation/outcome-store.ts";
import type { MethodOptions } from "../attribution/options.ts";
import type { Difference } from "../index/difference.ts";
import type { Subject } from "../index/subject.ts";
import type { TrainedModel } from "../training/train.ts";
import { searchForIndex } from "./of-index.ts";
import { chosenRidge } from "./record.ts";

/**
 * The search that a record speaks of, made again: its seed, sizes and λ. Outcomes that are kept in the workspace are not read:
 * they may have come with the index, from the one who is audited.
 */
export const searchAgain = (
  subject: Subject,
  model: TrainedModel,
  method: MethodOptions,
  { seed, queries, halves, tried }: RidgeSearchRecord,
  onProgress: OnProgress,
): Promise<RidgeSearchRecord> =>
  searchForIndex(
    subject,
    model,
    { ...method, search: undefined },
    { seed, queries, halves, ridges: tried.map(({ ridge }) => ridge) },
    memoryStore(),
    onProgress,
  );

/**
 * Where the λ of an index is not what its search says, or the search does not come out again.
 *
 * @param ridge what the index was built with
 * @param again the search made again; undefined where nobody asked for it
 */
export function compareSearch(
  ridge: number,
  searched: RidgeSearchRecord,
  again: RidgeSearchRecord | undefined,
): Difference[] {
  const code = "TRB_AUDIT_SEARCH";
  const chosen = chosenRidge(searched);
  const differences: Difference[] = [];
  if (chosen !== ridge)
    differences.push({ code, details: `λ is ${ridge}, and the best of its search ${chosen}` });
  if (again === undefined || JSON.stringify(again) === JSON.stringify(searched)) return differences;
  const at = searched.tried.findIndex((one, i) => JSON.stringify(one) !== JSON.stringify(again.tried[i]));
  const [was, is] = [searched.tried[at], again.tried[at]].map((one) => JSON.stringify(one));
  differences.push({ code, details: at < 0 ? "its sizes" : `recorded ${was}, made again ${is}` });
  return differences;
}
