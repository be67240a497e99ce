import { type FileMetaData, parquetSchema, type SchemaTree } from "hyparquet";
import { dataNetError } from "../errors.ts";
import type { Columns } from "../types.ts";
import { checkNames, columnMissing, placeOf } from "./columns.ts";
import { type HubFeature, hubFeatures } from "./parquet-file.ts";

/** What a column's values are, as far as rows have a use for them. */
type Kind =
  | "text"
  | "integers"
  | "numbers"
  | "truth values"
  | "lists of numbers"
  | "bytes"
  | "dates"
  | "nested values";

/** A column that is read. */
export interface ParquetColumn {
  readonly name: string;
  /** Names of classes by their numbers; null where the values are names themselves. */
  readonly classes: readonly string[] | null;
}

export interface ParquetColumns {
  readonly features: readonly ParquetColumn[];
  readonly label: ParquetColumn;
  readonly contributor: ParquetColumn | null;
}

const INTEGER_TYPES = ["INT_8", "INT_16", "INT_32", "INT_64", "UINT_8", "UINT_16", "UINT_32", "UINT_64"];

function kindOfLeaf({ element }: SchemaTree): Kind {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (element.repetition_type === "REPEATED") return "nested values";
  if (
    converted === "UTF8" ||
    converted === "ENUM" ||
    ["STRING", "ENUM", "UUID"].includes(logical?.type ?? "")
  )
    return "text";
  if (type === "BOOLEAN") return "truth values";
  if (converted === "DECIMAL" || logical?.type === "FLOAT16") return "numbers";
  if (type === "FLOAT" || type === "DOUBLE") return "numbers";
  if (type !== "INT32" && type !== "INT64") return type === "INT96" ? "dates" : "bytes";
  const plain = converted === undefined && (logical === undefined || logical.type === "INTEGER");
  return plain || INTEGER_TYPES.includes(converted ?? "") ? "integers" : "dates";
}

function kindOfColumn(tree: SchemaTree): Kind {
  if (tree.children.length === 0) return kindOfLeaf(tree);
  const [repeated] = tree.children;
  const { converted_type: converted, logical_type: logical } = tree.element;
  const isList = converted === "LIST" || logical?.type === "LIST";
  if (!isList || repeated?.children.length !== 1 || repeated.children[0]!.children.length > 0)
    return "nested values";
  const kind = kindOfLeaf(repeated.children[0]!);
  return kind === "integers" || kind === "numbers" ? "lists of numbers" : "nested values";
}

const FOR_FEATURES: readonly Kind[] = ["integers", "numbers", "lists of numbers"];
/** No decimals: hyparquet makes float64s of them, so that long ones would lose digits. */
const FOR_NAMES: readonly Kind[] = ["text", "integers", "truth values"];

function unsupported(name: string, kind: string, role: string): Error {
  const hint =
    "A text is a column of strings, features are columns of numbers or of lists of numbers, labels and contributors strings or whole numbers. Images and sounds are not read: compute numbers of them first.";
  const details = `column ${name} has ${kind}`;
  return dataNetError("COLUMN_UNSUPPORTED", `A column cannot be used as ${role}.`, { details, hint });
}

/**
 * Finds the columns of a Parquet file.
 *
 * @throws TRB_DATANET_COLUMN_MISSING, TRB_DATANET_COLUMN_UNSUPPORTED, TRB_DATANET_HEADER_DUPLICATE, TRB_DATANET_NAME_INVISIBLE
 */
export function resolveParquet(metadata: FileMetaData, columns: Columns): ParquetColumns {
  const { children } = parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  checkNames(names, 1);
  const hub = hubFeatures(metadata);
  const find = (
    asked: string,
    role: string,
    kinds: readonly Kind[],
  ): ParquetColumn & { feature?: HubFeature } => {
    const place = placeOf(asked, names, names.length);
    if (place < 0) throw columnMissing(asked, 1, names);
    const name = names[place]!;
    const feature = hub.get(name);
    const kind = kindOfColumn(children[place]!);
    if (!kinds.includes(kind))
      throw unsupported(name, feature === undefined || feature.type === "Value" ? kind : feature.type, role);
    return { name, classes: feature?.type === "ClassLabel" && kind === "integers" ? feature.names : null };
  };
  return {
    features: columns.features?.map((name) => find(name, "a feature", FOR_FEATURES)) ?? [
      find(columns.text!, "the text", ["text"]),
    ],
    label: find(columns.label, "the label", FOR_NAMES),
    contributor:
      columns.contributor === undefined ? null : find(columns.contributor, "the contributor", FOR_NAMES),
  };
}
