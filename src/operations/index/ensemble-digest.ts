import type { Hex } from "../../core/hex.ts";
import { sha256 } from "../../files/artifact.ts";

/**
 * What the chain is told is trained on a model's base: an adapter's own digest, or that of all members of an ensemble in their
 * order. docs/encodings.md has the bytes.
 *
 * @param adapters digests, the one that answers first
 */
export const ensembleDigest = (adapters: readonly Hex[]): Hex =>
  adapters.length === 1 ? adapters[0]! : sha256(["tributary-ensemble", ...adapters].join("\n"));
