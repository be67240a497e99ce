import { dataNetError } from "./errors.ts";

/** So many labels may always be: a file that somebody tries out may have as many as rows. */
const ALWAYS = 32;
/** Rows that a label has at least on the average; of numbers with fractions, which are measurements as a rule. */
const ROWS_PER_LABEL = 2;
const ROWS_PER_FRACTION = 10;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Models learn which of a few labels a row has. A column of measurements (a price, a time), or one that is different in nearly every row
 * (an id, a comment), is taken for labels by mistake, and training on it takes long and ends in nothing.
 *
 * @param rows how many have these labels
 * @throws TRB_DATANET_LABELS_CONTINUOUS, TRB_DATANET_LABELS_DISTINCT
 */
export function requireClasses(labels: readonly string[], rows: number): void {
  if (labels.length <= ALWAYS) return;
  const numbers = labels.every((label) => NUMBER.test(label));
  const fractions = numbers && labels.some((label) => !Number.isInteger(Number(label)));
  if (labels.length * (fractions ? ROWS_PER_FRACTION : ROWS_PER_LABEL) <= rows) return;
  const details = `${labels.length} labels in ${rows} rows, such as ${labels.slice(0, 3).join(", ")}`;
  if (numbers) {
    throw dataNetError("LABELS_CONTINUOUS", "The labels are measurements: numbers are not learned.", {
      details,
      hint: "A label is one of a few classes: sort the numbers into ranges first.",
    });
  }
  throw dataNetError(
    "LABELS_DISTINCT",
    "Nearly every row has a label of its own: there is nothing to learn.",
    {
      details,
      hint: "Check the label column: it holds one of a few classes.",
    },
  );
}
