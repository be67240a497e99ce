import { sha256 } from "../core/artifact.ts";
import type { Hex } from "../core/statement.ts";

/**
 * What the chain is told is trained on a model's base: an adapter's own digest, or that of all members of an ensemble in their
 * order. docs/encodings.md has the bytes.
 *
 * @param adapters digests, the one that answers first
 */
export const ensembleDigest = (adapters: readonly Hex[]): Hex =>
  adapters.length === 1 ? adapters[0]! : sha256(["tributary-ensemble", ...adapters].join("\n"));
