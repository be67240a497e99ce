import type { Hex } from "../core/hex.ts";
import type { DataNetDraft } from "./draft-types.ts";
import { merkleRoot } from "./merkle.ts";
import { rowDigest, rowLeaf } from "./row-hash.ts";
import type { Features, HeldOutRow, Row } from "./types.ts";

export const toHex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString("hex")}`;

function* leaves(rows: readonly Row[]): Generator<Uint8Array> {
  for (const { leaf } of rows) yield Buffer.from(leaf.slice(2), "hex");
}

/** The Merkle root of rows, in order; at least one. */
export const rowsRoot = (rows: readonly Row[]): Hex => toHex(merkleRoot(leaves(rows)));

/** The rows of a draft as objects. */
export function newRows({ body, rows }: DataNetDraft<Features>): Row[] {
  const version = body.versions.at(-1)!.number;
  return Array.from(rows.features(), (features, i) => {
    const [label, position] = [rows.labels[i]!, rows.positions[i]!];
    const leaf = toHex(rowLeaf(rowDigest(features, body.labels[label]!), position));
    return { leaf, features, label, position, line: rows.lines[i]!, version };
  });
}

/** The rows that a draft holds out as objects. */
export const heldOutRows = ({ heldOut }: DataNetDraft<Features>): HeldOutRow[] =>
  Array.from(heldOut.features(), (features, i) => ({
    features,
    label: heldOut.labels[i]!,
    line: heldOut.lines[i]!,
  }));
