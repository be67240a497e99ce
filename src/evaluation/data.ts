import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { nearDuplicates } from "../datanet/near-duplicates.ts";
import type { DataNet, Features, HeldOutRow } from "../datanet/types.ts";
import { familyOf } from "../model/family.ts";
import { openBase } from "../model/session.ts";
import type { Activations, Adapter, Base } from "../model/types.ts";
import { featuresOf, labelsOf } from "../operations/training/train.ts";
import { drawSome, STREAM, streamSeed } from "./subsets.ts";
import type { EvaluationData, EvaluationOptions, LabelledRows } from "./types.ts";

interface Rows {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
}

/**
 * Encodes a DataNet's rows and its held-out rows, and draws the queries.
 *
 * @throws TRB_EVALUATION_NOTHING_HELD_OUT
 */
export async function evaluationData(
  { datanet, heldOut }: Rows,
  base: Base,
  kind: Adapter["kind"],
  { queries, seed, method }: Pick<EvaluationOptions, "queries" | "seed" | "method">,
  onProgress: OnProgress,
): Promise<EvaluationData> {
  if (heldOut.length === 0) {
    throw new TributaryError(
      "TRB_EVALUATION_NOTHING_HELD_OUT",
      "There are no held-out rows to ask as requests.",
      {
        hint: "Give --test FILE or --hold-out FRACTION with the data.",
      },
    );
  }
  const opened = await openBase(base);
  try {
    const { reads } = familyOf(kind, base);
    const read = async (rows: readonly Features[]): Promise<Activations> =>
      reads === "input" ? opened.inputs(rows) : opened.encode(rows, onProgress);
    const encode = async (rows: readonly HeldOutRow[]): Promise<LabelledRows> => ({
      features: featuresOf(rows),
      activations: await read(featuresOf(rows)),
      labels: labelsOf(rows),
    });
    const activations = await read(featuresOf(datanet.rows));
    const owners = Uint32Array.from(datanet.rows, ({ position }) => position);
    const asked = drawSome(heldOut.length, queries, streamSeed(seed, STREAM.queries));
    const near = nearDuplicates(
      { features: featuresOf(datanet.rows), labels: labelsOf(datanet.rows), owners },
      { similarity: method.nearSimilarity },
    );
    return {
      name: datanet.name,
      base,
      features: featuresOf(datanet.rows),
      training: {
        activations,
        labels: labelsOf(datanet.rows),
        names: datanet.labels,
        base: base.digest,
        datanet: { root: datanet.root, version: datanet.version },
      },
      duplicates: near.first,
      joined: near.joined,
      owners,
      assigned: datanet.contributors.length,
      heldOut: await encode(heldOut),
      queries: await encode(Array.from(asked, (at) => heldOut[at]!)),
    };
  } finally {
    await opened.close();
  }
}
