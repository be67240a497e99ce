import type { Columns, DataNet, Row } from "../../datanet/types.ts";

/** Every such row of an early contributor comes with the second epoch. */
const LATER_ROW = 5;
/** One contributor in so many joins with the second epoch. */
const LATER_CONTRIBUTOR = 7;

/** A DataNet's rows as two JSONL files: what was there at first, and what came later. */
export interface EpochSources {
  readonly columns: Columns;
  readonly texts: readonly [string, string];
}

/** Whether rows without those of the given contributors still have every label. */
function keepsLabels({ rows, labels }: DataNet, isFirst: (row: Row, i: number) => boolean): boolean {
  return new Set(rows.filter(isFirst).map(({ label }) => label)).size === labels.length;
}

/**
 * Tells the story of a DataNet that grows: the last contributors join late, and a part of the others' rows comes
 * late. A model answers with the labels of its first version, so nobody comes late whose label nobody else has.
 */
export function splitEpochs(datanet: DataNet): EpochSources {
  const late = Math.ceil(datanet.contributors.length / LATER_CONTRIBUTOR);
  const firstLate = datanet.contributors.length - late;
  const candidates: ((row: Row, i: number) => boolean)[] = [
    ({ position }, i) => position < firstLate && i % LATER_ROW !== 0,
    (_, i) => i % LATER_ROW !== 0,
    (_, i) => i < datanet.rows.length - 1,
  ];
  const isFirst = candidates.find((candidate) => keepsLabels(datanet, candidate)) ?? candidates[2]!;
  const columns = {
    ...(datanet.kind === "text" ? { text: "content" } : { features: ["content"] }),
    label: "label",
    contributor: "contributor",
  };
  const lines = ({ features, label, position }: Row): string =>
    JSON.stringify({
      content: typeof features === "string" ? features : Array.from(features),
      label: datanet.labels[label],
      contributor: datanet.contributors[position],
    });
  const text = (rows: readonly Row[]): string => `${rows.map(lines).join("\n")}\n`;
  const first = datanet.rows.filter(isFirst);
  const second = datanet.rows.filter((row, i) => !isFirst(row, i));
  return { columns, texts: [text(first), text(second)] };
}
