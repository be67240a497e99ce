import { pack } from "../crypto/packing.ts";
import type { HashChain } from "../crypto/poseidon.ts";
import { HASH_TAG } from "../params/tags.ts";
import type { TraceRecord } from "../trace/types.ts";

/**
 * t_q = H_trace(indexId, io, n, pool, blind, pack(u)): what the operator commits to when it serves.
 *
 * @throws TRB_CORE_RANGE for a u or a field element out of range
 */
export const commitTrace = (record: TraceRecord, hash: HashChain): bigint =>
  hash(HASH_TAG.trace, [
    record.indexId,
    record.io,
    record.number,
    record.pool,
    record.blind,
    ...pack("u", record.u),
  ]);
