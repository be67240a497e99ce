import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { DataNet, HeldOutRow } from "../../datanet/types.ts";
import { openBase } from "../../model/session.ts";
import type { Base } from "../../model/types.ts";
import { featuresOf, labelsOf } from "../train.ts";
import { drawSome, STREAM, streamSeed } from "./subsets.ts";
import type { EvaluationData, LabelledRows } from "./types.ts";

interface Rows {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
}

/**
 * Encodes a DataNet's rows and its held-out rows, and draws the queries.
 *
 * @throws TRB_PIPELINE_NOTHING_HELD_OUT
 */
export async function evaluationData(
  { datanet, heldOut }: Rows,
  base: Base,
  { queries, seed }: { readonly queries: number; readonly seed: number },
  onProgress: OnProgress,
): Promise<EvaluationData> {
  if (heldOut.length === 0) {
    throw new TributaryError(
      "TRB_PIPELINE_NOTHING_HELD_OUT",
      "There are no held-out rows to ask as requests.",
      {
        hint: "Give --test FILE or --hold-out FRACTION with the data.",
      },
    );
  }
  const opened = await openBase(base);
  try {
    const encode = async (rows: readonly HeldOutRow[]): Promise<LabelledRows> => ({
      features: featuresOf(rows),
      activations: await opened.encode(featuresOf(rows), onProgress),
      labels: labelsOf(rows),
    });
    const activations = await opened.encode(featuresOf(datanet.rows), onProgress);
    const asked = drawSome(heldOut.length, queries, streamSeed(seed, STREAM.queries));
    return {
      name: datanet.name,
      base,
      training: {
        activations,
        labels: labelsOf(datanet.rows),
        names: datanet.labels,
        base: base.digest,
        datanet: { root: datanet.root, version: datanet.version },
      },
      owners: Uint32Array.from(datanet.rows, ({ position }) => position),
      assigned: datanet.contributors.length,
      heldOut: await encode(heldOut),
      queries: await encode(Array.from(asked, (at) => heldOut[at]!)),
    };
  } finally {
    await opened.close();
  }
}
