import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import type { Activations } from "./types.ts";

export interface TrainingData {
  /** h of every training row. */
  readonly activations: Activations;
  /** Index into `names`, one for each row. */
  readonly labels: Uint32Array;
  readonly names: readonly string[];
  readonly base: Hex;
  readonly datanet: { readonly root: Hex; readonly version: number };
}

/** @throws TRB_MODEL_TRAINING_DATA */
export function checkData({ activations, labels, names }: TrainingData): void {
  const refuse = (message: string, details: string): TributaryError =>
    new TributaryError("TRB_MODEL_TRAINING_DATA", message, {
      details,
      hint: "Import a DataNet with at least ten rows and two labels that are in use.",
    });
  if (labels.length !== activations.rows)
    throw refuse("Each row needs one label.", `${labels.length} labels`);
  if (activations.rows < 10) throw refuse("There are too few rows to train on.", `${activations.rows} rows`);
  const used = new Set(labels);
  if (used.size < 2)
    throw refuse("All rows have one label: there is nothing to learn.", `${used.size} labels`);
  const beyond = labels.find((label) => label >= names.length);
  if (beyond !== undefined) throw refuse("A row has an unknown label.", `label ${beyond} of ${names.length}`);
}
