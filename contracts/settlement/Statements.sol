// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Statement} from "../interfaces/AttributionTypes.sol";
import {Transcript} from "../libraries/Transcript.sol";

/// @title From a batch to the statement that a proof must be about
/// @notice For whoever consumes proofs. What a batch says about itself and its index is true where the treasury knows the
/// batch key, which hashes all of it: the caller asks {IFeeEscrow-statusOf}, or releases the batch.
library Statements {
    /// @param treasury the contract that holds the batch's money
    /// @param settlement the contract that the proof was made for
    function build(address treasury, address settlement, Batch calldata batch)
        internal
        view
        returns (Statement memory)
    {
        return Statement({
            settlement: settlement,
            batchKey: Transcript.batchKey(treasury, batch),
            indexId: batch.indexId,
            n0: batch.n0,
            positions: batch.index.positions,
            indexCommitment: batch.index.commitment,
            poolWords: batch.poolWords,
            traces: batch.traces
        });
    }
}
