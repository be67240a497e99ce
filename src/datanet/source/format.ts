import { dataNetError } from "../errors.ts";
import type { Format } from "../types.ts";

/** Files that are known by how they begin (in hex), and what to do with them. */
const OTHERS: readonly (readonly [readonly string[], string, string])[] = [
  [["504b0304"], "a zip archive or an Excel workbook", "Unpack it, or save the sheet as CSV."],
  [["d0cf11e0"], "an old Excel or Word file", "Save the sheet as CSV."],
  [["28b52ffd"], "compressed with zstd", "Unpack it with: zstd -d"],
  [["fd377a585a"], "compressed with xz", "Unpack it with: xz -d"],
  [["425a68"], "compressed with bzip2", "Unpack it with: bzip2 -d"],
  [["4152524f5731", "ffffffff"], "in Arrow's format", "Write it as Parquet: dataset.to_parquet(…)"],
  [["53514c69746520666f726d61742033"], "an SQLite database", "Export the table as CSV."],
  [["89484446"], "in HDF5's format", "Write the columns as Parquet or CSV."],
  [["934e554d5059"], "an array of NumPy", "Write it with its labels as Parquet or CSV."],
  [["8002", "8003", "8004", "8005"], "a Python pickle", "Write it as Parquet or CSV; a pickle can run code."],
  [["4f626a01"], "in Avro's format", "Write it as Parquet or JSON lines."],
  [["255044462d"], "a PDF", "Rows are read from CSV, JSON or Parquet."],
  [["89504e47", "ffd8ff", "47494638"], "an image", "Rows are texts or numbers."],
];

const beginning = (head: Buffer): string => head.toString("hex", 0, 16);

/** @throws TRB_DATANET_FORMAT_UNSUPPORTED */
export function refuseOthers(file: string, head: Buffer): void {
  const hex = beginning(head);
  const other = OTHERS.find(([beginnings]) => beginnings.some((known) => hex.startsWith(known)));
  // Text may begin as some of them do ("BZh"), but has no byte below a tab.
  if (other === undefined || !head.subarray(0, 512).some((byte) => byte < 9 || byte > 0x7e)) return;
  const details = `${file}: ${other[1]}`;
  const hint = other[2];
  throw dataNetError("FORMAT_UNSUPPORTED", "The file is in a format that is not read.", { details, hint });
}

/** Whether a file is Parquet. */
export const isParquet = (head: Buffer): boolean => beginning(head).startsWith("50415231");

/** Whether a CSV's name speaks for commas. */
export const isCsvName = (file: string): boolean => /\.csv(\.gz)?$/i.test(file);

/**
 * How the text of a file is to be read. A name that says it decides, except that one array is one array; another name leaves it to how the
 * text begins.
 *
 * @param beginning of the text
 */
export function formatOf(file: string, beginning: string): Exclude<Format, "parquet"> {
  if (/\.(csv|tsv|tab)(\.gz)?$/i.test(file)) return "csv";
  const json = /\.(json|jsonl|ndjson)(\.gz)?$/i.test(file);
  if (/^\s*\[/.test(beginning) && (json || /^\s*\[\s*[{\]]/.test(beginning))) return "json";
  return json || /^\s*\{\s*"/.test(beginning) ? "jsonl" : "csv";
}
