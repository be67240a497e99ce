import type { BuiltIndex } from "../../attribution/types.ts";
import type { Hex } from "../../core/hex.ts";
import type { DataNet } from "../../datanet/types.ts";
import type { Settlement } from "../../protocol/statement.ts";
import type { Mined } from "../../settlement/send.ts";
import type { SettledBatch } from "../../settlement/settle.ts";
import type { BatchRecord } from "../../workspace/batches.ts";
import type { RegisteredIndex } from "../../workspace/registry.ts";
import type { ProvenBatch } from "../proving/prove.ts";
import type { Served } from "../serve.ts";
import type { TrainedModel } from "../training/train.ts";
import type { Request } from "./requests.ts";

/** One batch's way from commit to settlement. */
export interface BatchStory {
  readonly name: string;
  readonly settlement: Settlement;
  readonly record: BatchRecord;
  readonly proven: ProvenBatch;
  readonly settled: Mined & SettledBatch;
  readonly verifiedOffChain: boolean;
}

/** One epoch: a version of the DataNet, its model and index, and what was served with them. */
export interface EpochStory {
  readonly number: number;
  readonly datanet: DataNet;
  readonly model: TrainedModel;
  readonly built: BuiltIndex;
  readonly indexMs: number;
  readonly registered: RegisteredIndex;
  readonly requests: readonly Request[];
  readonly served: readonly Served[];
  readonly batches: readonly BatchStory[];
}

export interface ClaimStory {
  readonly position: number;
  readonly owner: Hex;
  readonly units: bigint;
  /** Undefined where there was nothing to claim. */
  readonly gas: bigint | undefined;
}
