import { TIERS } from "../params/tiers.ts";
import { at, sealVersion, where } from "./draft.ts";
import type { DataNetDraft, DraftRows } from "./draft-types.ts";
import { Commitments } from "./duplicates.ts";
import { dataNetError } from "./errors.ts";
import { ListedFeatures, type OpenStore } from "./feature-store.ts";
import { splitHeldOut } from "./held-out.ts";
import { type IntakeSetting, labelsAmong, type TakenRows, takeRows } from "./intake.ts";
import { requireClasses } from "./label-check.ts";
import { MerkleFrontier } from "./merkle.ts";
import { contributorsUnknown, dealPositions, joinPositions } from "./positions.ts";
import { Refusals } from "./refusals.ts";
import { heldOutRows, newRows } from "./rows.ts";
import { kindOf } from "./source/columns.ts";
import { normaliseDataNetName } from "./source/normalise.ts";
import type { Columns, DataNetVersion, Dealing, ImportOptions, ImportResult } from "./types.ts";

const MAX_SEED = 2 ** 32 - 1;

function checkSettings({ seed = 1, capacity = 1, contributors, columns }: ImportOptions): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED)) {
    const hint = `A seed is a whole number from 0 to ${MAX_SEED}.`;
    throw dataNetError("SEED_INVALID", "The seed cannot be used.", { details: String(seed), hint });
  }
  if (!(Number.isInteger(capacity) && capacity >= 1)) {
    const hint = "It is a tier's number of positions.";
    throw dataNetError("CAPACITY_INVALID", "The capacity cannot be used.", {
      details: String(capacity),
      hint,
    });
  }
  if (contributors !== undefined && columns.contributor !== undefined) {
    throw dataNetError("COLUMNS_INVALID", "Contributors are named by a column or dealt out, not both.", {
      hint: "Give --contributor COLUMN or --contributors N.",
    });
  }
  if (contributors === undefined && columns.contributor === undefined) throw contributorsUnknown();
}

const withoutContributor = ({ contributor: _, ...columns }: Columns): Columns => columns;

/** Which of the rows taken are trained on, and what is held out of them or beside them. */
interface Split<T> {
  /** Places of the training rows among the rows taken. */
  readonly training: Uint32Array;
  readonly trainingFeatures: () => Iterable<T>;
  readonly heldOut: Pick<TakenRows<T>, "labels" | "names"> & Pick<DraftRows<T>, "lines" | "features">;
}

const placesWhere = (mask: Uint8Array, value: number): Uint32Array => {
  const places = new Uint32Array(mask.reduce((sum, bit) => sum + Number(bit === value), 0));
  let next = 0;
  mask.forEach((bit, i) => {
    if (bit === value) places[next++] = i;
  });
  return places;
};

function splitByFraction<T>({ labels, names, features }: TakenRows<T>, lines: Uint32Array, mask: Uint8Array) {
  const held = placesWhere(mask, 1);
  return {
    training: placesWhere(mask, 0),
    trainingFeatures: () => where(features.all(), mask, 0),
    heldOut: {
      labels: at(labels, held),
      names,
      lines: at(lines, held),
      features: () => where(features.all(), mask, 1),
    },
  };
}

/** Rows of a held-out file that are training rows too are refused, or they would flatter the model. */
async function holdOut<T>(
  { heldOut, columns, format, dialect, onBadRow, seed = 1 }: ImportOptions,
  taken: TakenRows<T>,
  { commitments, refusals }: Pick<IntakeSetting, "commitments" | "refusals">,
  open: OpenStore<T>,
): Promise<Split<T>> {
  if (heldOut !== undefined && "fraction" in heldOut) {
    const mask = splitHeldOut(taken.labels, taken.names, heldOut.fraction, seed);
    if (!mask.includes(1))
      throw nothingHeldOut(`${heldOut.fraction} of the rows of each label, rounded down`);
    return splitByFraction(taken, commitments.since(taken.first).lines, mask);
  }
  const training = taken.labels.map((_, i) => i);
  const trainingFeatures = () => taken.features.all();
  if (heldOut === undefined) {
    const nothing = new Uint32Array(0);
    const none = { labels: nothing, names: [], lines: nothing, features: () => [] };
    return { training, trainingFeatures, heldOut: none };
  }
  const source = {
    ...heldOut,
    columns: withoutContributor(columns),
    ...(format === undefined ? {} : { format }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(onBadRow === undefined ? {} : { onBadRow }),
  };
  const expected = { dimension: taken.dimension, labels: new Set(taken.names) };
  const setting = { commitments, refusals, version: 1, heldOut: true, ...expected };
  const { first, labels, names, features } = await takeRows(source, setting, open());
  if (labels.length === 0) throw nothingHeldOut(heldOut.file);
  const { lines } = commitments.since(first);
  return {
    training,
    trainingFeatures,
    heldOut: { labels, names, lines, features: () => features.all() },
  };
}

const nothingHeldOut = (details: string): Error =>
  dataNetError("HELD_OUT_EMPTY", "No row is held out: the model could not be measured.", {
    details,
    hint: "Hold out a larger part, or none; a file of held-out rows has rows that are not among the others.",
  });

function sortedLabels({ labels, names }: TakenRows<unknown>, training: Uint32Array): string[] {
  const used = new Set(at(labels, training));
  const sorted = Array.from(used, (number) => names[number]!).sort();
  if (sorted.length === 1) {
    throw dataNetError("SINGLE_LABEL", "All rows have one label: there is nothing to learn.", {
      details: JSON.stringify(sorted[0]),
      hint: "Check the label column.",
    });
  }
  requireClasses(sorted, training.length);
  return sorted;
}

const noRows = (file: string): Error =>
  dataNetError("NO_ROWS", "The file has no rows.", { details: file, hint: "It needs a row for each label." });

/**
 * Reads a file into the draft of a DataNet's first version. What it holds of a row, besides what the stores do, is its digest and a
 * few numbers.
 *
 * All or nothing: rows that are wrong stop the import with an error that names them, unless `onBadRow` takes them. Only exact copies
 * are left out and reported, since a contributor cannot know what others brought.
 *
 * @param open makes a place for features; it is asked for once for the file, and once for a file of held-out rows
 * @throws TRB_DATANET_*, see `docs/datanets.md`
 */
export async function draftFirst<T>(options: ImportOptions, open: OpenStore<T>): Promise<DataNetDraft<T>> {
  checkSettings(options);
  const { seed = 1, capacity = TIERS.large.positions, columns } = options;
  const name = normaliseDataNetName(options.name);
  const kind = kindOf(columns);
  const [commitments, refusals] = [new Commitments(), new Refusals()];
  const setting = { commitments, refusals, version: 1, heldOut: false, dimension: null, labels: null };
  const taken = await takeRows(options, setting, open());
  if (taken.labels.length === 0) throw noRows(options.file);

  const { training, trainingFeatures, heldOut } = await holdOut(options, taken, setting, open);
  const { lines: allLines, contributors: numbers, names, digest } = commitments.since(taken.first);
  const known = sortedLabels(taken, training);
  const lines = at(allLines, training);
  const labels = labelsAmong({ labels: at(taken.labels, training), names: taken.names }, known);
  const dealing: Dealing | null =
    options.contributors === undefined
      ? null
      : { method: "dirichlet-1/2-by-label", contributors: options.contributors, seed };
  const positions =
    dealing === null
      ? joinPositions({ contributors: at(numbers, training), names, lines }, [], capacity)
      : dealPositions(labels, dealing, capacity);
  const version = sealVersion(new MerkleFrontier(), { digest }, training, positions, null, options);
  return {
    body: {
      name,
      kind,
      dimension: taken.dimension,
      capacity,
      labels: known,
      contributors: positions.contributors,
      versions: [version],
      dealing,
    },
    rows: { features: trainingFeatures, labels, lines, positions: positions.owners },
    heldOut: {
      features: heldOut.features,
      labels: labelsAmong(heldOut, known),
      lines: heldOut.lines,
    },
    refusals,
  };
}

/** Reads a file into the first version of a DataNet, in memory. Throws as `draftFirst`. */
export async function importDataNet(options: ImportOptions): Promise<ImportResult> {
  const draft = await draftFirst(options, () => new ListedFeatures());
  const [{ root, number }] = draft.body.versions as [DataNetVersion];
  return {
    datanet: { ...draft.body, rows: newRows(draft), root, version: number },
    refusals: draft.refusals.list,
    refused: draft.refusals.count,
    heldOut: heldOutRows(draft),
  };
}
