import type { NearDuplicates } from "../../datanet/near-duplicates.ts";
import type { TierName } from "../../params/tiers.ts";
import type { RowStream } from "../attribution/attribute.ts";
import type { LabelledRows } from "../attribution/gradients.ts";

/** The trained rows as the method sees them, with their positions. They are encoded when they are asked for. */
export interface Subject extends RowStream {
  readonly labels: Uint32Array;
  readonly assigned: number;
  readonly tier: TierName;
  /** Clusters of near-duplicates among the rows. */
  readonly duplicates: NearDuplicates;
  /** The rows listed, in the list's order. */
  at(rows: Uint32Array): Promise<LabelledRows>;
}
