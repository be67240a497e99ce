import { sha256 } from "../core/artifact.ts";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import type { Hex } from "../core/statement.ts";
import { bytesOf } from "../core/typed-bytes.ts";
import { TIERS, type TierName } from "../params/tiers.ts";
import { type Defences, NO_DEFENCES, rowLengths, rowWeights } from "./defences.ts";
import { precondition, sumByOwner } from "./precondition.ts";
import { indexScale, quantiseIndex } from "./quantise-index.ts";
import type { BuiltIndex, IndexManifest } from "./types.ts";

const CLIP_PERCENTILE = 99.9;

/**
 * A scaled sketch this short is a gradient of nothing: the model is certain beyond float32's reach of its answer.
 * A typical training row's is about √k long.
 */
const MINIMUM_NORM = 1e-9;

export interface IndexInput {
  readonly tier: TierName;
  /** Z of the training rows: n × k of the tier. */
  readonly sketched: Float64Array;
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Positions taken in the DataNet. */
  readonly assigned: number;
  readonly datanet: { readonly root: Hex; readonly version: number };
  /** Digests. */
  readonly base: Hex;
  readonly adapter: Hex;
  readonly sketch: Hex;
  /**
   * λ. The adapter's own λ is what theory says: with orthonormal projections, ZᵀZ/n + λI is then the projected Hessian of
   * the objective that the adapter minimises.
   */
  readonly ridge: number;
  /** 32 secret bytes. */
  readonly blindingSeed: Uint8Array;
  /** None where absent: every row counts as it is. */
  readonly defences?: Defences;
  /** The first row of each row's cluster of near-duplicates, and what "near" meant; needed where defences use them. */
  readonly duplicates?: { readonly first: Uint32Array; readonly limit: number };
}

/** w_i of each row; all 1 where there are no defences. */
function weightsOf({
  sketched,
  owners,
  tier,
  ridge,
  defences = NO_DEFENCES,
  duplicates,
}: IndexInput): Float64Array {
  const alone = Uint32Array.from(owners, (_, row) => row);
  const first = duplicates?.first ?? alone;
  const { normalise, rowCap } = defences;
  const plain = normalise === "none" && rowCap === 100;
  const lengths = plain ? new Float64Array(owners.length) : rowLengths(sketched, TIERS[tier].width, ridge);
  return rowWeights(first, lengths, defences);
}

function check(input: IndexInput): void {
  const { tier, sketched, owners, assigned, ridge, blindingSeed } = input;
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
  const refuse = (details: string): TributaryError =>
    new TributaryError("TRB_ATTRIBUTION_INPUT", "An index cannot be built from this.", {
      details,
      hint: "Sketch the rows of the DataNet version that the adapter was trained on, at the tier's width.",
    });
  if (owners.length === 0) throw refuse("no rows");
  if (sketched.length !== owners.length * width) {
    throw refuse(`${sketched.length} sketch entries for ${owners.length} rows of ${width}`);
  }
  if (owners.some((owner) => owner >= assigned)) throw refuse("a row of a position that is not assigned");
  if (!(ridge > 0 && Number.isFinite(ridge))) throw refuse(`λ = ${ridge}`);
  if (blindingSeed.length !== 32) throw refuse(`a blinding seed of ${blindingSeed.length} bytes, not 32`);
  if (input.duplicates !== undefined && input.duplicates.first.length !== owners.length) {
    throw refuse("clusters of another number of rows");
  }
  if (
    input.defences !== undefined &&
    input.defences.nearDuplicates !== "off" &&
    input.duplicates === undefined
  ) {
    throw refuse("a share for near-duplicates without their clusters");
  }
  if (sketched.some((x) => !Number.isFinite(x))) throw refuse("a sketch entry that is not finite");
}

/**
 * The attribution index Φ of sketched rows: preconditioned, summed by position, in 8 bits at one scale. The same
 * input gives the same integers and the same manifest.
 *
 * @throws TRB_ATTRIBUTION_TOO_MANY_POSITIONS, TRB_ATTRIBUTION_INPUT
 */
export function buildIndex(input: IndexInput, onProgress?: OnProgress): BuiltIndex {
  check(input);
  const { positions, width } = TIERS[input.tier];
  const report = (done: number): void => onProgress?.({ stage: "build index", done, total: 3 });
  report(0);
  const { phi, columnScales } = precondition(input.sketched, width, input.ridge);
  const weights = weightsOf(input);
  for (let at = 0; at < phi.length; at++) phi[at]! *= weights[Math.floor(at / width)]!;
  report(1);
  const sums = sumByOwner(phi, width, input.owners, positions);
  const scale = indexScale(sums, width, CLIP_PERCENTILE);
  const integers = quantiseIndex(sums, scale);
  report(2);
  const manifest: IndexManifest = {
    tier: input.tier,
    positions,
    width,
    assigned: input.assigned,
    rows: input.owners.length,
    datanet: input.datanet,
    base: input.base,
    adapter: input.adapter,
    sketch: input.sketch,
    ridge: input.ridge,
    defences: { ...(input.defences ?? NO_DEFENCES), nearLimit: input.duplicates?.limit ?? null },
    clipPercentile: CLIP_PERCENTILE,
    scale,
    columnScales: Array.from(columnScales),
    minimumNorm: MINIMUM_NORM,
    phi: sha256(bytesOf(integers)),
  };
  const rows = { values: Float32Array.from(phi, (x) => x * scale), width, owners: input.owners };
  report(3);
  const { tier, assigned, blindingSeed } = input;
  return { index: { phi: integers, positions, width, tier, assigned, blindingSeed }, manifest, rows };
}
