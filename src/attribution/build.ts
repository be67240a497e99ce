import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { sha256 } from "../files/artifact.ts";
import { bytesOf } from "../files/typed-bytes.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import { indexScale, quantiseIndex } from "./quantise-index.ts";
import type { BuiltIndex, IndexManifest, MethodRecord } from "./types.ts";

/** Which percentile of the sizes becomes 127. */
export const CLIP_PERCENTILE = 99.9;

/**
 * A scaled sketch this short is a gradient of nothing: the model is certain beyond float32's reach of its answer.
 * A typical training row's is about √k long.
 */
export const MINIMUM_NORM = 1e-9;

export interface IndexInput {
  readonly tier: TierName;
  /** positions × k: Σ w_i·φ_i over each position's rows. */
  readonly sums: Float64Array;
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Positions taken in the DataNet. */
  readonly assigned: number;
  readonly datanet: { readonly root: Hex; readonly version: number };
  /** Digests. */
  readonly base: Hex;
  readonly adapters: readonly Hex[];
  readonly sketch: Hex;
  readonly method: MethodRecord;
  /** Off where absent. */
  readonly nearDuplicates?: IndexManifest["nearDuplicates"];
  /** 32 secret bytes. */
  readonly blindingSeed: Uint8Array;
}

const refuse = (details: string): TributaryError =>
  new TributaryError("TRB_ATTRIBUTION_INPUT", "An index cannot be built from this.", {
    details,
    hint: "Sketch the rows of the DataNet version that the adapter was trained on, at the tier's width.",
  });

function check({ tier, sums, owners, assigned, method, blindingSeed }: IndexInput): void {
  const { positions, width } = TIERS[tier];
  if (assigned > positions) {
    throw new TributaryError(
      "TRB_ATTRIBUTION_TOO_MANY_POSITIONS",
      "The tier has too few positions for the DataNet.",
      {
        details: `${assigned} contributors, the ${tier} tier has ${positions} positions`,
        hint: "Choose a larger tier.",
      },
    );
  }
  if (owners.length === 0) throw refuse("no rows");
  if (sums.length !== positions * width) throw refuse(`${sums.length} sums for ${positions} × ${width}`);
  if (owners.some((owner) => owner >= assigned)) throw refuse("a row of a position that is not assigned");
  if (!(method.ridge > 0 && Number.isFinite(method.ridge))) throw refuse(`λ = ${method.ridge}`);
  if (blindingSeed.length !== 32) throw refuse(`a blinding seed of ${blindingSeed.length} bytes, not 32`);
  if (sums.some((x) => !Number.isFinite(x))) throw refuse("a sum that is not finite");
}

/** Sums of influence as integers at one scale. */
export function integersOf(sums: Float64Array, width: number): { scale: number; phi: Int8Array } {
  const scale = indexScale(sums, width, CLIP_PERCENTILE);
  return { scale, phi: quantiseIndex(sums, scale) };
}

/**
 * The attribution index Φ: each position's sum in 8 bits at one scale. The same input gives the same integers and the
 * same manifest.
 *
 * @throws TRB_ATTRIBUTION_TOO_MANY_POSITIONS, TRB_ATTRIBUTION_INPUT
 */
export function buildIndex(input: IndexInput): Omit<BuiltIndex, "rows"> {
  check(input);
  const { positions, width } = TIERS[input.tier];
  const { scale, phi } = integersOf(input.sums, width);
  const manifest: IndexManifest = {
    tier: input.tier,
    positions,
    width,
    assigned: input.assigned,
    rows: input.owners.length,
    datanet: input.datanet,
    base: input.base,
    adapters: input.adapters,
    sketch: input.sketch,
    method: input.method,
    nearDuplicates: input.nearDuplicates ?? {
      rule: "off",
      similarity: 1,
      limit: 0,
      clusters: input.owners.length,
      joined: 0,
    },
    clipPercentile: CLIP_PERCENTILE,
    scale,
    // The sketch's mix holds them already.
    columnScales: new Array<number>(width).fill(1),
    minimumNorm: MINIMUM_NORM,
    phi: sha256(bytesOf(phi)),
  };
  const { tier, assigned, blindingSeed } = input;
  return { index: { phi, positions, width, tier, assigned, blindingSeed }, manifest };
}
